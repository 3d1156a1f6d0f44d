// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
/**
 * The tunnelling service on one machine, for tests, demos and development: loopback only, with
 * throwaway certificates. Never part of what runs on a gateway.
 */
@NullMarked
package io.culvert.emulator;

import org.jspecify.annotations.NullMarked;
