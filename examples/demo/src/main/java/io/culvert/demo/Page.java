// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.demo;

/** The page of the demo's web site. */
final class Page {
  static final String TEXT =
      """
      <!doctype html>
      <html lang="en">
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width">
      <title>Behind the tunnel</title>
      <style>
        body { font: 1.1rem/1.5 system-ui, sans-serif; max-width: 36rem; margin: 4rem auto; padding: 0 1rem; }
        @media (prefers-color-scheme: dark) { body { background: #161b22; color: #e6edf3; } a { color: #79c0ff; } }
      </style>
      <h1>You are through.</h1>
      <p>This page comes from a web server on the gateway. Your request went from localproxy
      through the tunnel to Culvert, and on to the server.</p>
      <p>There is also <a href="big.bin">a file of 100 MB</a>.</p>
      </html>
      """;

  private Page() {}
}
