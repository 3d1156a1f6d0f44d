// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.demo.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.culvert.demo.DemoException;
import io.culvert.demo.app.Noise;
import io.culvert.demo.app.WebServer;
import io.culvert.demo.display.Progress;
import io.culvert.demo.process.Alarm;
import java.net.URI;
import org.junit.jupiter.api.Test;

class ResumingDownloadTest {
  private static final Noise FILE = new Noise(5, 24_000);

  private final Progress progress = new Progress("file", FILE.length());

  @Test
  void aBrokenDownloadGoesOnWhereItWas() throws Exception {
    try (BreakingServer server = new BreakingServer(FILE, 10_000, progress::done)) {
      Download download = download(server.address()).run();

      assertThat(download.bytes()).isEqualTo(24_000);
      assertThat(download.sha256()).isEqualTo(FILE.sha256());
      assertThat(download.breaks())
          .extracting(Download.Break::place)
          .containsExactly(10_000L, 20_000L);
      assertThat(server.ranges()).containsExactly("", "bytes=10000-", "bytes=20000-");
      assertThat(progress.done()).isEqualTo(24_000);
    }
  }

  @Test
  void anUnbrokenDownloadHasNoBreaks() throws Exception {
    try (BreakingServer server = new BreakingServer(FILE, 24_000, progress::done)) {
      Download download = download(server.address()).run();

      assertThat(download.sha256()).isEqualTo(FILE.sha256());
      assertThat(download.breaks()).isEmpty();
    }
  }

  @Test
  void anAnswerThatIsNotTheFileEndsIt() throws Exception {
    try (WebServer server = WebServer.greeting("hello")) {
      URI missing = URI.create("http://" + server.address() + "/big.bin");
      assertThatThrownBy(() -> download(missing).run())
          .isInstanceOf(DemoException.class)
          .hasMessage(missing + " answered with status 404 at byte 0");
    }
  }

  @Test
  void theAlarmEndsIt() throws Exception {
    Alarm alarm = new Alarm();
    alarm.ring(new DemoException("enough"));
    URI nobody;
    try (WebServer server = WebServer.greeting("hello")) {
      nobody = URI.create("http://" + server.address() + "/");
    }
    assertThatThrownBy(() -> new ResumingDownload(WebClient.http(), nobody, progress, alarm).run())
        .hasMessage("enough");
  }

  private ResumingDownload download(URI address) {
    return new ResumingDownload(WebClient.http(), address, progress, new Alarm());
  }
}
