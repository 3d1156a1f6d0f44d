// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.demo.app;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class ByteRangeTest {
  @ParameterizedTest
  @CsvSource({
    "bytes=0-,0,100",
    "bytes=40-,40,100",
    "bytes=40-49,40,50",
    "bytes=40-40,40,41",
    "bytes=40-5000,40,100",
    "bytes=-30,70,100",
    "bytes=-3000,0,100"
  })
  void aRangeNamesItsBytes(String header, long from, long to) {
    assertThat(ByteRange.parse(header, 100)).hasValue(new ByteRange(from, to));
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(
      strings = {"", "bytes=-", "bytes=5-4", "bytes=1-2,5-6", "lines=1-2", "bytes=x-", "bytes=1"})
  void whatIsNotUnderstoodCountsAsNoRange(String header) {
    assertThat(ByteRange.parse(header, 100)).isEmpty();
  }

  @Test
  void aRangeBehindTheEndHasNoBytesToGive() {
    assertThat(ByteRange.parse("bytes=100-", 100))
        .hasValueSatisfying(range -> assertThat(range.isWithin(100)).isFalse());
    assertThat(ByteRange.parse("bytes=-0", 100))
        .hasValueSatisfying(range -> assertThat(range.isWithin(100)).isFalse());
  }
}
