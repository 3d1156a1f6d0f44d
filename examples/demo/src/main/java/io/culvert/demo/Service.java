// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.demo;

/** The services of the demo's tunnel. */
enum Service {
  /** A web site with a page and a large file. */
  HTTP,
  /** A shell, and copies of files. */
  SSH,
  /** A small application, of which there are two. */
  GREETING
}
