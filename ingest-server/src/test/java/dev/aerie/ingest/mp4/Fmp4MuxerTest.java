package dev.aerie.ingest.mp4;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.aerie.ingest.live.BarcodeClip;
import dev.aerie.video.AccessUnit;
import dev.aerie.video.FrameSize;
import dev.aerie.video.mp4.VideoTrack;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class Fmp4MuxerTest {

    private static final int FRAMES = 40;
    private static final int RATE = 15;
    private static final int GROUP = 10;
    private static final Path FFPROBE = Path.of("/usr/bin/ffprobe");

    private static List<AccessUnit> units = List.of();

    @BeforeAll
    static void encode() throws Exception {
        units = BarcodeClip.encode(FRAMES, RATE, GROUP);
    }

    @Test
    void fragment_wholeClip_isAnMp4ThatFfprobeReadsWithoutComplaint(@TempDir Path folder) throws Exception {
        assumeTrue(Files.isExecutable(FFPROBE), "skipped: no ffprobe on this machine");
        var file = Files.write(folder.resolve("clip.mp4"), mux());

        var lines = ffprobe(file);

        assertThat(lines).hasSize(FRAMES + 1);
        assertThat(lines.getLast()).isEqualTo("h264,Constrained Baseline,640,360,1/90000");
        for (int i = 0; i < FRAMES; i++) {
            assertThat(lines.get(i)).matches((i % GROUP == 0 ? "1," : "0,") + i * 90_000 / RATE + ",?");
        }
    }

    @Test
    void track_idrFrame_hasCodecAndSize() {
        var track = VideoTrack.of(units.getFirst()).orElseThrow();

        assertThat(track.codec()).startsWith("avc1.42c0");
        assertThat(track.size()).isEqualTo(new FrameSize(640, 360));
        assertThat(VideoTrack.of(units.get(1))).isEmpty();
    }

    @Test
    void fragment_sample_hasNoParameterSetsInside() {
        var fragment = new Fmp4Muxer().fragment(units.getFirst()).bytes();

        fragment.position(fragment.getInt(0) + 8);
        while (fragment.hasRemaining()) {
            int length = fragment.getInt();
            assertThat(fragment.get(fragment.position()) & 0x1f).isIn(1, 5, 6);
            fragment.position(fragment.position() + length);
        }
    }

    private static byte[] mux() {
        var muxer = new Fmp4Muxer();
        var file = new ByteArrayOutputStream();
        write(file, muxer.initSegment(VideoTrack.of(units.getFirst()).orElseThrow()));
        units.forEach(unit -> write(file, muxer.fragment(unit).bytes()));
        return file.toByteArray();
    }

    private static void write(ByteArrayOutputStream file, ByteBuffer bytes) {
        byte[] copy = new byte[bytes.remaining()];
        bytes.get(copy);
        file.writeBytes(copy);
    }

    /// The stream, then each decoded frame as `key,pts`; any complaint of ffprobe is a line too.
    private static List<String> ffprobe(Path file) throws Exception {
        var ffprobe = new ProcessBuilder(
                        "/usr/bin/ffprobe -v warning -show_entries stream=codec_name,profile,width,height,time_base:frame=key_frame,pts"
                                .split(" "))
                .redirectErrorStream(true);
        ffprobe.command().addAll(List.of("-of", "csv=p=0", file.toString()));
        var process = ffprobe.start();
        var text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isZero();
        return text.lines().filter(line -> !line.isBlank()).toList();
    }
}
