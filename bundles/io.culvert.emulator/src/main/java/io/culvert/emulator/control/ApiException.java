// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.emulator.control;

/** A request that is answered with an error, as AWS names and shapes it. Holds no secret. */
final class ApiException extends Exception {
  private static final long serialVersionUID = 1;
  private static final int BAD_REQUEST = 400;

  private final int status;
  private final String type;

  ApiException(int status, String type, String message) {
    super(message);
    this.status = status;
    this.type = type;
  }

  static ApiException notFound(String message) {
    return new ApiException(BAD_REQUEST, "ResourceNotFoundException", message);
  }

  static ApiException limitExceeded(String message) {
    return new ApiException(BAD_REQUEST, "LimitExceededException", message);
  }

  static ApiException invalid(String message) {
    return new ApiException(BAD_REQUEST, "ValidationException", message);
  }

  static ApiException malformed(String message) {
    return new ApiException(BAD_REQUEST, "SerializationException", message);
  }

  static ApiException unknownOperation(int status, String message) {
    return new ApiException(status, "UnknownOperationException", message);
  }

  int status() {
    return status;
  }

  String type() {
    return type;
  }

  String text() {
    return String.valueOf(getMessage());
  }
}
