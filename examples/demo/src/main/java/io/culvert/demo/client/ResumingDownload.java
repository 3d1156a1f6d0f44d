// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.demo.client;

import io.culvert.demo.DemoException;
import io.culvert.demo.display.Progress;
import io.culvert.demo.process.Alarm;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Fetches a file over HTTP. When the connection breaks it goes on from there over a new one, with
 * the header {@code Range}, as {@code curl -C -} does. For one thread and one use; the breaks may
 * be asked for by any.
 */
public final class ResumingDownload {
  private static final Duration PAUSE = Duration.ofMillis(100);
  private static final Duration ANSWER = Duration.ofSeconds(3);
  private static final Duration LONGEST_BREAK = Duration.ofSeconds(60);

  private final HttpClient http;
  private final URI address;
  private final Progress progress;
  private final Alarm alarm;
  private final Digest digest = new Digest();
  private final List<Download.Break> recovered = new CopyOnWriteArrayList<>();
  private final long begun = System.nanoTime();
  private volatile int broken;
  private String tag = "";
  private long place;
  private long brokenAt;

  public ResumingDownload(HttpClient http, URI address, Progress progress, Alarm alarm) {
    this.http = http;
    this.address = address;
    this.progress = progress;
    this.alarm = alarm;
  }

  /** Returns how often the connection has broken so far. */
  public int breaks() {
    return broken;
  }

  /** Returns the breaks after which the download goes on. */
  public List<Download.Break> recovered() {
    return List.copyOf(recovered);
  }

  /** Fetches the file; fails if no connection can be had for a minute. */
  public Download run() throws DemoException {
    boolean over = false;
    while (!over) {
      try {
        over = fetch();
      } catch (IOException e) {
        interrupted(e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new DemoException("the download of " + address + " was interrupted", e);
      }
    }
    return new Download(place, digest.hex(), since(begun), recovered());
  }

  private boolean fetch() throws IOException, InterruptedException, DemoException {
    HttpRequest.Builder request = HttpRequest.newBuilder(address).timeout(ANSWER);
    if (place > 0) {
      request.header("Range", "bytes=" + place + "-").header("If-Range", tag);
    }
    HttpResponse<InputStream> response = http.send(request.build(), BodyHandlers.ofInputStream());
    try (InputStream body = response.body()) {
      if (response.statusCode() != (place > 0 ? 206 : 200)) {
        throw new DemoException(
            address + " answered with status " + response.statusCode() + " at byte " + place);
      }
      tag = response.headers().firstValue("ETag").orElse("");
      read(body);
    }
    return true;
  }

  private void read(InputStream body) throws IOException {
    byte[] buffer = new byte[1 << 16];
    for (int count = body.read(buffer); count >= 0; count = body.read(buffer)) {
      if (brokenAt != 0) {
        recovered.add(new Download.Break(place, since(brokenAt)));
        brokenAt = 0;
        progress.note(null);
      }
      digest.add(buffer, count);
      place += count;
      progress.add(count);
    }
  }

  private void interrupted(IOException e) throws DemoException {
    if (brokenAt == 0) {
      brokenAt = System.nanoTime();
      broken++;
      progress.note("interrupted");
    } else if (since(brokenAt).compareTo(LONGEST_BREAK) > 0) {
      throw new DemoException(
          address
              + " cannot be reached for "
              + LONGEST_BREAK.toSeconds()
              + " s, since byte "
              + place
              + ": "
              + e,
          e);
    }
    alarm.pause(PAUSE);
  }

  private static Duration since(long nanoTime) {
    return Duration.ofNanos(System.nanoTime() - nanoTime);
  }
}
