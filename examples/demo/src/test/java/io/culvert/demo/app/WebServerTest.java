// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.demo.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.culvert.demo.client.WebClient;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WebServerTest {
  private static final Noise FILE = new Noise(1, 200_000);

  private WebServer server;

  @BeforeEach
  void start() throws Exception {
    server = WebServer.site("<p>hello</p>", FILE, new Pace(1_000_000_000, FILE.length()));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void thePageIsAtTheRootAlone() throws Exception {
    HttpResponse<byte[]> page = get("/");
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.body()).asString().isEqualTo("<p>hello</p>");
    assertThat(get("/other").statusCode()).isEqualTo(404);
  }

  @Test
  void theFileComesWholeOrFromAPlaceOn() throws Exception {
    HttpResponse<byte[]> whole = get("/big.bin");
    assertThat(whole.statusCode()).isEqualTo(200);
    assertThat(whole.body()).hasSize(200_000);

    HttpResponse<byte[]> rest = get("/big.bin", "Range", "bytes=150001-");
    assertThat(rest.statusCode()).isEqualTo(206);
    assertThat(rest.headers().firstValue("Content-Range")).hasValue("bytes 150001-199999/200000");
    assertThat(rest.body()).isEqualTo(Arrays.copyOfRange(whole.body(), 150_001, 200_000));
    assertThat(get("/paced.bin").body()).isEqualTo(whole.body());
  }

  @Test
  void aRangeOfAnotherFileGetsThisFileWhole() throws Exception {
    assertThat(get("/big.bin", "Range", "bytes=9-", "If-Range", "\"other\"").statusCode())
        .isEqualTo(200);
    String tag = get("/big.bin").headers().firstValue("ETag").orElseThrow();
    assertThat(get("/big.bin", "Range", "bytes=9-", "If-Range", tag).statusCode()).isEqualTo(206);
  }

  @Test
  void aRangeBehindTheEndIsRefused() throws Exception {
    HttpResponse<byte[]> answer = get("/big.bin", "Range", "bytes=200000-");
    assertThat(answer.statusCode()).isEqualTo(416);
    assertThat(answer.headers().firstValue("Content-Range")).hasValue("bytes */200000");
  }

  @Test
  void headTellsTheLengthAndOtherMethodsAreRefused() throws Exception {
    HttpResponse<byte[]> head = send("/big.bin", "HEAD");
    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.headers().firstValue("Content-Length")).hasValue("200000");
    assertThat(send("/big.bin", "DELETE").statusCode()).isEqualTo(405);
    assertThat(send("/", "POST").statusCode()).isEqualTo(405);
  }

  private HttpResponse<byte[]> get(String path, String... headers) throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(uri(path));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return WebClient.http().send(request.build(), BodyHandlers.ofByteArray());
  }

  private HttpResponse<byte[]> send(String path, String method) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(uri(path))
            .method(method, HttpRequest.BodyPublishers.noBody())
            .build();
    return WebClient.http().send(request, BodyHandlers.ofByteArray());
  }

  private URI uri(String path) {
    return URI.create("http://" + server.address() + path);
  }
}
