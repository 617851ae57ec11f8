package dev.aerie.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class FramePoolTest {

    private static final FrameSize SMALL = new FrameSize(33, 20);
    private static final FrameSize LARGE = new FrameSize(640, 480);

    @Test
    void take_moreThanCapacity_isRefusedUntilOneComesBack() {
        try (var pool = new FramePool(2)) {
            var first = pool.take(SMALL).orElseThrow();
            var second = pool.take(SMALL).orElseThrow();

            assertThat(pool.take(SMALL)).isEmpty();
            second.release();
            assertThat(pool.take(LARGE)).isPresent();
            first.release();
            assertThat(pool.lentFrames()).isEqualTo(1);
        }
    }

    @Test
    void release_retained_returnsWithTheLastHolder() {
        try (var pool = new FramePool(1)) {
            var frame = pool.take(SMALL).orElseThrow();
            frame.retain();
            frame.release();

            assertThat(pool.lentFrames()).isEqualTo(1);
            frame.release();
            assertThat(pool.lentFrames()).isZero();
            assertThatThrownBy(frame::release).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(frame::retain).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(frame::bgr).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void take_afterRelease_reusesTheMemory() {
        try (var pool = new FramePool(1)) {
            var first = pool.take(SMALL).orElseThrow();
            first.bgr().put(5, (byte) 77);
            first.release();

            var second = pool.take(SMALL).orElseThrow();
            assertThat(second.bgr().get(5)).isEqualTo((byte) 77);
            assertThat(second.strideBytes()).isGreaterThanOrEqualTo(99).isLessThan(99 + 32);
            assertThat(second.bgr().capacity()).isEqualTo(second.strideBytes() * 20);
            second.release();
        }
    }

    @Test
    void close_whileFramesAreLent_leavesThemUsable() {
        var pool = new FramePool(2);
        var frame = pool.take(SMALL).orElseThrow();
        pool.close();

        assertThat(frame.bgr().get(0)).isZero();
        assertThat(pool.take(SMALL)).isEmpty();
        frame.release();
        assertThat(pool.lentFrames()).isZero();
    }
}
