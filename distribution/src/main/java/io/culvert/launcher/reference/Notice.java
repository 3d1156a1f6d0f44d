// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.launcher.reference;

/**
 * Something that the user should hear of although it does not stop the program. Never holds a
 * secret.
 *
 * @param level how much it matters.
 * @param message one line.
 */
public record Notice(System.Logger.Level level, String message) {

  /**
   * Makes a warning.
   *
   * @param message one line.
   * @return the notice.
   */
  public static Notice warning(String message) {
    return new Notice(System.Logger.Level.WARNING, message);
  }

  /**
   * Makes a notice that asks for no action.
   *
   * @param message one line.
   * @return the notice.
   */
  public static Notice info(String message) {
    return new Notice(System.Logger.Level.INFO, message);
  }
}
