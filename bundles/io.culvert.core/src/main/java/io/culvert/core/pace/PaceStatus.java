// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.pace;

/**
 * What a pacer does, for those who watch it.
 *
 * @param state its name: OFF, FIXED, RAMP, CLOSED_LOOP, FILL, DRAIN or CRUISE.
 * @param rate at which bulk goes, in bytes of messages per second; 0 without limit.
 * @param linkRate what the link is thought to take, in the same bytes; 0 if unknown.
 * @param queueNanos by how much the last answer was late, whoever held it up; -1 if unknown.
 * @param baseNanos the delay of answers with nothing queued; -1 if unknown.
 * @param limited whether bulk waits because of the pacer.
 */
public record PaceStatus(
    String state, long rate, long linkRate, long queueNanos, long baseNanos, boolean limited) {}
