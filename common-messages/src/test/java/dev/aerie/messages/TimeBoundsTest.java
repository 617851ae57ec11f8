package dev.aerie.messages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TimeBoundsTest {

    private static final long NOW = 1_763_712_000_000_000_000L;
    private static final long DAY = Duration.ofDays(1).toNanos();
    private static final Producer PRODUCER = Producer.of("test", "test");

    @ParameterizedTest
    @ValueSource(longs = {Long.MIN_VALUE, Long.MIN_VALUE + 1, -1, 7_258_118_400_000_000_000L, Long.MAX_VALUE})
    void envelope_captureTimeThatIsNone_isRefusedInWords(long captured) {
        assertThat(TimeBounds.isTime(captured)).isFalse();
        assertThat(TimeBounds.isNear(captured, NOW)).isFalse();
        var id = new FrameId("drone", "local-1", 0);
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> Envelope.ofFrame(id, captured, CaptureClock.SENDER, Instant.ofEpochSecond(1), PRODUCER))
                .withMessageContaining("capture_time_ns must be");
    }

    @Test
    void envelope_madeAtATimeThatIsNone_isRefusedInWords() {
        for (Instant made : new Instant[] {Instant.MIN, Instant.EPOCH.minusNanos(1), Instant.MAX}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Envelope.ofRequest("drone", made, PRODUCER))
                    .withMessageContaining("timestamp must be");
        }
    }

    @Test
    void isNear_aDayAndNoMore() {
        assertThat(TimeBounds.isNear(NOW, NOW)).isTrue();
        assertThat(TimeBounds.isNear(NOW - DAY, NOW)).isTrue();
        assertThat(TimeBounds.isNear(NOW + DAY, NOW)).isTrue();
        assertThat(TimeBounds.isNear(NOW - DAY - 1, NOW)).isFalse();
        assertThat(TimeBounds.isNear(NOW + DAY + 1, NOW)).isFalse();
        assertThat(TimeBounds.isNear(0, 0)).isTrue();
    }

    @Test
    void plus_beyondTheRange_staysAtItsEnd() {
        assertThat(TimeBounds.plus(Long.MIN_VALUE, -1)).isEqualTo(Long.MIN_VALUE);
        assertThat(TimeBounds.plus(Long.MAX_VALUE, 1)).isEqualTo(Long.MAX_VALUE);
        assertThat(TimeBounds.plus(Long.MIN_VALUE, Long.MAX_VALUE)).isEqualTo(-1);
        assertThat(TimeBounds.plus(2, 3)).isEqualTo(5);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "../../x", "..", "a/b", "a\\b", "a\u0000", " ", "a.b", "-a", "ä"})
    void session_thatCannotNameAFolder_isRefusedEverywhere(String session) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new FrameId("drone", session, 0))
                .withMessageContaining("session must be");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Envelope("drone", session, null, null, null, Instant.EPOCH, PRODUCER))
                .withMessageContaining("session must be");
    }

    @Test
    void frameNumber_beyondWhatBrowsersCount_isRefused() {
        assertThat(new FrameId("drone", "local-1", FrameId.MAX_FRAMES).frameNumber())
                .isEqualTo(FrameId.MAX_FRAMES);
        assertThatIllegalArgumentException().isThrownBy(() -> new FrameId("drone", "local-1", Long.MAX_VALUE));
        assertThatIllegalArgumentException().isThrownBy(() -> new FrameId("drone", "local-1", -1));
    }
}
