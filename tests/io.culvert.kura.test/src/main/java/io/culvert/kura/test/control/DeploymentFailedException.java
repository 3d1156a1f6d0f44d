// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.kura.test.control;

/** A package could not be installed or uninstalled. */
public final class DeploymentFailedException extends Exception {
  private static final long serialVersionUID = 1L;

  private final int code;

  /**
   * Makes an exception.
   *
   * @param code the code of the deployment admin.
   * @param message its message.
   */
  public DeploymentFailedException(int code, String message) {
    super(code + ": " + message);
    this.code = code;
  }

  /** Returns the code, as "Deployment Admin" of the OSGi Compendium defines it. */
  public int code() {
    return code;
  }
}
