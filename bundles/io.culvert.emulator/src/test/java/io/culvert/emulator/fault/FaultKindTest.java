// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.emulator.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.culvert.emulator.json.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What each fault must be told. */
class FaultKindTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          CLOSE      | {}                              | code: is missing
          CLOSE      | {"code": 999}                   | code '999': must be a number from 1000 to 4999
          CLOSE      | {"code": 1005}                  | code '1005': must be 1000 to 1003, 1007 to 1014 or 3000 to 4999
          CLOSE      | {"code": 1000, "reason": 1}     | reason '1': must be a text
          HANDSHAKES | {"status": 200, "count": 1}     | status '200': must be 0 or 300 to 599
          HANDSHAKES | {"status": 503}                 | count: is missing
          REFRAME    | {"mode": "x"}                   | mode 'x': must be one of [NONE, FRAME, AGGREGATE, SPLIT, BYTE, RANDOM]
          RATE       | {"bytesPerSecond": "fast"}      | bytesPerSecond 'fast': must be a number from 0 to 1099511627776
          DELAY      | {"millis": 3600001}             | millis '3600001': must be a number from 0 to 3600000
          QUEUE      | {"bytes": 0}                    | bytes '0': must be a number from 1 to 1073741824
          PINGS      | {}                              | answer '': must be one of [on, off]
          INJECT     | {"message": "DATA"}             | message 'DATA': must be one of [SESSION_RESET, STREAM_RESET, CONNECTION_RESET]
          """)
  void whatIsWrongIsNamedWithWhatIsAllowed(FaultKind kind, String values, String message)
      throws Exception {
    Parameters parameters = new Parameters(Json.read(values));

    assertThatThrownBy(() -> kind.bind(parameters))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          CLOSE      | {"code": 1000}
          CLOSE      | {"code": 4999, "reason": "bye"}
          HANDSHAKES | {"status": 0, "count": 0}
          REFRAME    | {"mode": "random", "seed": 7}
          RATE       | {"bytesPerSecond": 0}
          QUEUE      | {"bytes": 1}
          INJECT     | {"message": "session_reset"}
          CUT        | {}
          """)
  void whatIsAllowedIsTaken(FaultKind kind, String values) throws Exception {
    FaultRequest request = new FaultRequest(kind, new Parameters(Json.read(values)), "t", null);

    FaultRequest read = FaultRequest.ofJson(request.toJson());

    assertThat(read.kind()).isEqualTo(kind);
    assertThat(read.tunnel()).isEqualTo("t");
    assertThat(read.ends()).hasSize(2);
    assertThat(read.parameters().values()).containsAllEntriesOf(request.parameters().values());
  }

  @Test
  void aReasonThatDoesNotFitACloseFrameIsRefused() throws Exception {
    Parameters parameters =
        new Parameters(Json.read("{\"code\": 1000, \"reason\": \"" + "ü".repeat(62) + "\"}"));

    assertThatThrownBy(() -> FaultKind.CLOSE.bind(parameters))
        .hasMessage("reason: must not be longer than 123 bytes");
  }
}
