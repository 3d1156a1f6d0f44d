// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
/** The API by which tunnels are opened, looked at and closed: JSON over HTTP, as AWS speaks it. */
@NullMarked
package io.culvert.emulator.control;

import org.jspecify.annotations.NullMarked;
