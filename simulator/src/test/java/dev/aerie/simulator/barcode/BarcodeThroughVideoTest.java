package dev.aerie.simulator.barcode;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aerie.rtsp.ffmpeg.EncoderSettings;
import dev.aerie.rtsp.ffmpeg.FfmpegAccessUnits;
import dev.aerie.rtsp.ffmpeg.FfmpegFrames;
import dev.aerie.rtsp.ffmpeg.VideoInput;
import dev.aerie.simulator.drone.FileVideo;
import dev.aerie.simulator.drone.RenderedVideo;
import dev.aerie.video.FrameSize;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class BarcodeThroughVideoTest {

    private static final int FRAMES = 30;

    @TempDir
    private Path folder = Path.of("");

    /// 100 kbit/s is a tenth of what a frame of 640 × 360 wants.
    @ParameterizedTest
    @CsvSource({"320,240,60000", "640,360,100000", "1280,720,300000"})
    void read_encodedAndDecoded_everyFrameKeepsItsNumber(int width, int height, int bitsPerSecond) throws IOException {
        var file = record(new EncoderSettings(new FrameSize(width, height), 30, bitsPerSecond, 30));
        List<OptionalInt> numbers = new ArrayList<>();
        try (var frames =
                new FfmpegFrames(VideoInput.file("barcodes", file), 4, InstantSource.system(), new Random(1)).open()) {
            for (int i = 0; i < FRAMES - 1; i++) {
                numbers.add(BarcodeReader.read(frames.next()));
            }
        }
        assertThat(numbers)
                .isEqualTo(
                        IntStream.range(0, FRAMES - 1).mapToObj(OptionalInt::of).toList());
    }

    @Test
    void fileVideo_inALoop_startsOverAtItsEnd() throws IOException {
        var file = record(new EncoderSettings(new FrameSize(320, 240), 30, 100_000, 30));
        var input = new FfmpegAccessUnits(VideoInput.file("barcodes", file));
        try (var looped = new FileVideo(input, true);
                var once = new FileVideo(input, false)) {
            assertThat(looped.size()).isEqualTo(new FrameSize(320, 240));
            int idrs = 0;
            for (int i = 0; i < 2 * FRAMES; i++) {
                idrs += looped.next().orElseThrow().isIdr() ? 1 : 0;
                assertThat(once.next().isPresent()).isEqualTo(i < FRAMES);
            }
            assertThat(idrs).isEqualTo(2);
        }
    }

    private Path record(EncoderSettings settings) throws IOException {
        var file = folder.resolve("barcodes.h264");
        try (var video = RenderedVideo.ofBarcodes(settings);
                OutputStream out = Files.newOutputStream(file)) {
            var channel = Channels.newChannel(out);
            for (int i = 0; i < FRAMES; i++) {
                channel.write(video.next().orElseThrow().annexB());
            }
        }
        return file;
    }
}
