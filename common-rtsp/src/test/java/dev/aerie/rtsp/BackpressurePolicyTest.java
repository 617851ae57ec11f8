package dev.aerie.rtsp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class BackpressurePolicyTest {

    @Test
    void parse_eachChoice_isThatPolicy() {
        assertThat(BackpressurePolicy.parse("latest")).isEqualTo(new BackpressurePolicy.Latest());
        assertThat(BackpressurePolicy.parse("wait")).isEqualTo(new BackpressurePolicy.Block());
        assertThat(BackpressurePolicy.parse("drop-oldest:30")).isEqualTo(new BackpressurePolicy.DropOldest(30));
    }

    @ParameterizedTest
    @ValueSource(strings = {"latest", "wait", "drop-oldest:1", "drop-oldest:10", "drop-oldest:30"})
    void isChoice_whatAnOperatorMaySet_canBeParsed(String text) {
        assertThat(BackpressurePolicy.isChoice(text)).isTrue();
        assertThat(BackpressurePolicy.parse(text).bound()).isPositive();
    }

    @ParameterizedTest
    @ValueSource(strings = {"direct", "drop-oldest", "drop-oldest:0", "drop-oldest:31", "newest", "LATEST"})
    void isChoice_whatWouldHoldTheDecoderUpOrIsNone_isNot(String text) {
        assertThat(BackpressurePolicy.isChoice(text)).isFalse();
    }
}
