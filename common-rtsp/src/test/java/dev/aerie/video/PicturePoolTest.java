package dev.aerie.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class PicturePoolTest {

    private static final PictureSize SMALL = new PictureSize(33, 20);
    private static final PictureSize LARGE = new PictureSize(640, 480);

    @Test
    void take_moreThanCapacity_isRefusedUntilOneComesBack() {
        try (var pool = new PicturePool(2)) {
            var first = pool.take(SMALL).orElseThrow();
            var second = pool.take(SMALL).orElseThrow();

            assertThat(pool.take(SMALL)).isEmpty();
            second.release();
            assertThat(pool.take(LARGE)).isPresent();
            first.release();
            assertThat(pool.lentPictures()).isEqualTo(1);
        }
    }

    @Test
    void release_retained_comesBackWithTheLastHolder() {
        try (var pool = new PicturePool(1)) {
            var picture = pool.take(SMALL).orElseThrow();
            picture.retain();
            picture.release();

            assertThat(pool.lentPictures()).isEqualTo(1);
            picture.release();
            assertThat(pool.lentPictures()).isZero();
            assertThatThrownBy(picture::release).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(picture::retain).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(picture::bgr).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void take_afterRelease_reusesTheMemory() {
        try (var pool = new PicturePool(1)) {
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
    void close_whilePicturesAreLent_leavesThemUsable() {
        var pool = new PicturePool(2);
        var picture = pool.take(SMALL).orElseThrow();
        pool.close();

        assertThat(picture.bgr().get(0)).isZero();
        assertThat(pool.take(SMALL)).isEmpty();
        picture.release();
        assertThat(pool.lentPictures()).isZero();
    }
}
