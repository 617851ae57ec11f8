package dev.aerie.rtsp.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aerie.video.AccessUnit;
import dev.aerie.video.FrameSize;
import dev.aerie.video.Sps;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class H264EncoderTest {

    private static final FrameSize SIZE = new FrameSize(322, 178);
    private static final EncoderSettings SETTINGS = new EncoderSettings(SIZE, 25, 400_000, 10);

    @Test
    void encodeBgr_everyFrame_isOneUnitAtOnce() throws Exception {
        var units = new ArrayList<AccessUnit>();
        try (var encoder = new H264Encoder(SETTINGS)) {
            for (int i = 0; i < 25; i++) {
                if (i == 13) {
                    encoder.requestIdr();
                }
                units.add(encoder.encodeBgr(TestPatterns.bgr(SIZE, i), SIZE.widthPixels() * 3, 3600L * i));
            }
        }

        assertThat(idrPositions(units)).startsWith(0, 10, 13);
        assertThat(units).extracting(AccessUnit::ptsTicks90k).startsWith(0L, 3600L, 7200L);
        var sps = Sps.in(units.getFirst()).orElseThrow();
        assertThat(sps.size()).isEqualTo(SIZE);
        assertThat(Sps.in(units.get(13))).isPresent();
    }

    @Test
    void encodeI420_grey_isSmall() throws Exception {
        var grey = ByteBuffer.allocateDirect(SIZE.widthPixels() * SIZE.heightPixels() * 3 / 2);
        for (int i = 0; i < grey.capacity(); i++) {
            grey.put(i, (byte) 128);
        }
        try (var encoder = new H264Encoder(SETTINGS)) {
            assertThat(encoder.encodeI420(grey, 0).isIdr()).isTrue();
            assertThat(encoder.encodeI420(grey, 3600).sizeBytes()).isLessThan(200);
        }
    }

    @Test
    void encode_wrongBuffers_areRefused() throws Exception {
        try (var encoder = new H264Encoder(SETTINGS)) {
            assertThatThrownBy(() -> encoder.encodeI420(ByteBuffer.allocateDirect(10), 0))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> encoder.encodeI420(ByteBuffer.allocate(1 << 20), 0))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> new EncoderSettings(new FrameSize(321, 178), 25, 1, 1))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static List<Integer> idrPositions(List<AccessUnit> units) {
        var positions = new ArrayList<Integer>();
        for (int i = 0; i < units.size(); i++) {
            if (units.get(i).isIdr()) {
                positions.add(i);
            }
        }
        return positions;
    }
}
