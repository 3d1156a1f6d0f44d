// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.emulator.folder;

import java.io.IOException;

/** The folder cannot be used; the message is a sentence for the user. */
public final class FolderException extends IOException {
  private static final long serialVersionUID = 1L;

  FolderException(String message) {
    super(message);
  }

  FolderException(String message, Throwable cause) {
    super(message, cause);
  }
}
