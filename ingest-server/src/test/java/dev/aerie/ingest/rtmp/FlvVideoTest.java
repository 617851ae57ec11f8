package dev.aerie.ingest.rtmp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aerie.ingest.rtsp.TestClip;
import dev.aerie.video.AccessUnit;
import dev.aerie.video.VideoCodec;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Video messages, made of real clips by [FlvWriter], give the same frames again.
final class FlvVideoTest {

    private final FlvVideo video = new FlvVideo("gate", 1 << 22);

    @ParameterizedTest
    @EnumSource(VideoCodec.class)
    void units_ofAClip_areItsFrames(VideoCodec codec) throws Exception {
        List<AccessUnit> clip = codec == VideoCodec.H264 ? TestClip.shortGroups() : TestClip.h265Groups();
        assertThat(video.units(message(0, FlvWriter.configuration(clip.getFirst()))))
                .isEmpty();
        var frames = new ArrayList<AccessUnit>();
        for (int i = 0; i < clip.size(); i++) {
            frames.addAll(video.units(message(i * 40, FlvWriter.frame(clip.get(i), 40))));
        }
        assertThat(frames).hasSameSizeAs(clip);
        for (int i = 0; i < clip.size(); i++) {
            assertThat(slices(frames.get(i))).as("frame %d", i).isEqualTo(slices(clip.get(i)));
            assertThat(frames.get(i).isIdr()).isEqualTo(clip.get(i).isIdr());
            assertThat(frames.get(i).ptsTicks90k()).isEqualTo((i + 1) * 3600L);
        }
        assertThat(frames.getFirst().codec()).isEqualTo(codec);
    }

    @Test
    void units_whoseTimeWraps_goOn() throws Exception {
        var clip = TestClip.shortGroups();
        video.units(message(-20, FlvWriter.configuration(clip.getFirst())));
        var before = video.units(message(-20, FlvWriter.frame(clip.get(0), 0))).getFirst();
        var after = video.units(message(20, FlvWriter.frame(clip.get(1), 0))).getFirst();
        assertThat(after.ptsTicks90k() - before.ptsTicks90k()).isEqualTo(40 * 90);
    }

    @Test
    void units_ofAnEndOrACommand_areNone() throws Exception {
        assertThat(video.units(message(0, new byte[0]))).isEmpty();
        assertThat(video.units(message(0, new byte[] {0x17, 2, 0, 0, 0}))).isEmpty();
        assertThat(video.units(message(0, new byte[] {0x57, 0}))).isEmpty();
    }

    @Test
    void units_thatBreakTheRules_areRefusedInWords() throws Exception {
        refused("in front of its parameter sets", new byte[] {0x17, 1, 0, 0, 0, 0, 0, 0, 1, 9});
        refused("FLV's codec 2", new byte[] {0x12, 1, 0, 0, 0});
        refused("too short", new byte[] {0x17, 1});
        refused("FourCC 0x61763031", new byte[] {(byte) 0x90, 'a', 'v', '0', '1'});
        refused("parameter sets", new byte[] {0x17, 0, 0, 0, 0, 1, 100, 0, 30, -1, -31, 0, 20, 1});
        var clip = TestClip.shortGroups();
        video.units(message(0, FlvWriter.configuration(clip.getFirst())));
        refused("longer than its message", new byte[] {0x17, 1, 0, 0, 0, 0, 0, 1, 0, 9});
        refused("longer than its message", new byte[] {0x17, 1, 0, 0, 0, -1, -1, -1, -1, 9});
        refused("longer than its message", new byte[] {0x17, 1, 0, 0, 0, 0, 0});
    }

    private void refused(String because, byte[] payload) {
        assertThatThrownBy(() -> video.units(message(0, payload)))
                .isInstanceOf(MalformedRtmpException.class)
                .hasMessageContaining(because);
    }

    private static RtmpMessage message(int timeMillis, byte[] payload) {
        return new RtmpMessage(RtmpMessage.VIDEO, 1, timeMillis, ByteBuffer.wrap(payload));
    }

    private static List<ByteBuffer> slices(AccessUnit unit) {
        return unit.nalUnits().stream()
                .filter(nal -> nal.isSlice())
                .map(nal -> nal.bytes())
                .toList();
    }
}
