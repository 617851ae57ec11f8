package dev.aerie.rtsp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class FrameProviderTest {

    @Test
    void parse_eachChoice_isWhatItSays() {
        assertThat(FrameProvider.parse("latest")).isEqualTo(new FrameProvider.Latest());
        assertThat(FrameProvider.parse("wait")).isEqualTo(new FrameProvider.Wait());
        assertThat(FrameProvider.parse("drop-oldest:30")).isEqualTo(new FrameProvider.DropOldest(30));
    }

    @ParameterizedTest
    @ValueSource(strings = {"latest", "wait", "drop-oldest:1", "drop-oldest:10", "drop-oldest:30"})
    void isChoice_whatAnOperatorMaySet_canBeParsed(String text) {
        assertThat(FrameProvider.isChoice(text)).isTrue();
        assertThat(FrameProvider.parse(text).bound()).isPositive();
    }

    @ParameterizedTest
    @ValueSource(strings = {"direct", "drop-oldest", "drop-oldest:0", "drop-oldest:31", "newest", "LATEST"})
    void isChoice_whatWouldHoldTheDecoderUpOrIsNone_isNot(String text) {
        assertThat(FrameProvider.isChoice(text)).isFalse();
    }
}
