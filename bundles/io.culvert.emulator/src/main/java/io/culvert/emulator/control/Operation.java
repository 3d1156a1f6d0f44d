// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.emulator.control;

import com.fasterxml.jackson.databind.JsonNode;

/** One operation of the API. Called by many threads at once. */
@FunctionalInterface
interface Operation {
  /**
   * Carries it out.
   *
   * @param input the members of the request.
   * @return the members of the answer.
   * @throws ApiException if the request is wrong.
   */
  JsonNode answer(Input input) throws ApiException;
}
