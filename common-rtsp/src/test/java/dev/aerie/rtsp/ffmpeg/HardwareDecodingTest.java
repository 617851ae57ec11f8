package dev.aerie.rtsp.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.bytedeco.ffmpeg.global.avutil.*;
import static org.bytedeco.ffmpeg.global.swscale.*;

import dev.aerie.NativeHeap;
import dev.aerie.rtsp.LocalSession;
import dev.aerie.settings.Decoder;
import dev.aerie.video.AccessUnit;
import dev.aerie.video.FrameStamp;
import dev.aerie.video.VideoCodec;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVHWFramesContext;
import org.bytedeco.javacpp.DoublePointer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Around a stand-in for a GPU that gives frames as GPUs do, interleaved and without their properties; and on
/// FFmpeg's own devices as far as this machine has any.
@Timeout(60)
final class HardwareDecodingTest {

    private static final InstantSource CLOCK = InstantSource.fixed(Instant.ofEpochSecond(1_763_712_000));

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(ints = {AV_PIX_FMT_NV12, AV_PIX_FMT_YUV420P})
    void next_byDevice_isTheSameToTheByteAsBySoftware(int downloadFormat) throws Exception {
        var file = stampedFile(30);
        var device = new TestDevice(downloadFormat);
        List<Seen> software = readAll(file, VideoDecoders.SOFTWARE);

        List<Seen> hardware = readAll(file, new VideoDecoders(Optional.of(device)));

        assertThat(hardware).hasSize(30).isEqualTo(software);
        assertThat(hardware.get(7).stamp()).isEqualTo(BarStream.stamp(7));
        assertThat(device.calls.getFirst()).isEqualTo("attach");
        assertThat(device.calls.subList(1, device.calls.size())).hasSize(30).containsOnly("download");
    }

    @Test
    void fetch_tenBits_splitsP010Exactly() throws Exception {
        try (var frames = new HardwareFrames(new TestDevice(AV_PIX_FMT_P010LE), AV_PIX_FMT_YUV420P10LE)) {
            AVFrame tenBits = noise(AV_PIX_FMT_YUV420P10LE, 0x3ff);
            AVFrame kept = av_frame_clone(tenBits);

            AVFrame fetched = frames.fetch(tenBits);

            assertThat(fetched.format()).isEqualTo(AV_PIX_FMT_YUV420P10LE);
            for (int plane = 0; plane < 3; plane++) {
                assertThat(samples(fetched, plane)).as("plane %d", plane).isEqualTo(samples(kept, plane));
            }
            assertThat(fetched.pts()).isEqualTo(77);
            assertThat(fetched.color_range()).isEqualTo(AVCOL_RANGE_JPEG);
            assertThat(fetched.colorspace()).isEqualTo(AVCOL_SPC_BT709);
            av_frame_free(tenBits);
            av_frame_free(kept);
        }
    }

    @Test
    void next_deviceCannotDecodeTheStream_softwareDoesFromTheFirstFrameOn() throws Exception {
        var file = stampedFile(12);
        // FFmpeg's own get_format came to software: frames are not of the device.
        var device = new TestDevice(AV_PIX_FMT_NV12);
        device.frameFormat = AV_PIX_FMT_CUDA;
        var decoders = new VideoDecoders(Optional.of(device));

        List<Seen> seen = readAll(file, decoders);

        assertThat(seen).isEqualTo(readAll(file, VideoDecoders.SOFTWARE));
        assertThat(device.calls).containsExactly("attach");
        assertThat(decoders.fallbacks()).isOne();
    }

    @Test
    void next_deviceFailsInMidStream_softwareGoesOnAtTheNextIdrFrame() throws Exception {
        var file = stampedFile(40); // IDR frames 0, 10, 20, 30
        var device = new TestDevice(AV_PIX_FMT_NV12);
        device.failsAfter = 13;
        var decoders = new VideoDecoders(Optional.of(device));
        List<Seen> software = readAll(file, VideoDecoders.SOFTWARE);

        List<Seen> seen = readAll(file, decoders);

        assertThat(seen)
                .extracting(one -> (int) one.stamp().id().frameNumber())
                .containsExactlyElementsOf(IntStream.concat(IntStream.range(0, 13), IntStream.range(20, 40))
                        .boxed()
                        .toList());
        assertThat(seen.subList(13, 33)).isEqualTo(software.subList(20, 40));
        assertThat(decoders.fallbacks()).isOne();
        assertThat(decoders.byHardware()).isZero();
        assertThat(decoders.bySoftware()).isZero();
    }

    @Test
    void open_deviceIsClosed_softwareDecodes() throws Exception {
        var file = stampedFile(12);
        var device = new TestDevice(AV_PIX_FMT_NV12);
        var decoders = new VideoDecoders(Optional.of(device));
        decoders.close();

        assertThat(readAll(file, decoders)).hasSize(12);
        assertThat(device.calls).containsExactly("close", "attach");
        assertThat(decoders.fallbacks()).isOne();
    }

    @Test
    void open_codecThatTheDeviceDoesNotHave_isSoftwareWithoutAFallback() throws Exception {
        var file = stampedFile(3);
        var device = new TestDevice(AV_PIX_FMT_NV12);
        device.frameFormat = AV_PIX_FMT_NONE;
        var decoders = new VideoDecoders(Optional.of(device));

        assertThat(readAll(file, decoders)).hasSize(3);
        assertThat(device.calls).isEmpty();
        assertThat(decoders.fallbacks()).isZero();
    }

    @Test
    void counts_whileOneIsOpen_sayWhoDecodes() throws Exception {
        var decoders = new VideoDecoders(Optional.of(new TestDevice(AV_PIX_FMT_NV12)));

        try (var decoder = FrameDecoder.open(decoders, "drone", VideoCodec.H264)) {
            assertThat(decoder.brokenFrames()).isZero();
            assertThat(decoders.byHardware()).isOne();
            assertThat(decoders.bySoftware()).isZero();
        }
        assertThat(decoders.byHardware()).isZero();
    }

    @Test
    void openAndClose_hundredsOfTimes_leavesNativeMemoryFlat() throws Exception {
        var file = stampedFile(3);
        var device = new TestDevice(AV_PIX_FMT_NV12);
        device.failsAfter = Integer.MAX_VALUE;
        var decoders = new VideoDecoders(Optional.of(device));
        for (int i = 0; i < 50; i++) {
            readAll(file, decoders);
        }
        long before = NativeHeap.usedBytes();
        for (int i = 0; i < 300; i++) {
            readAll(file, decoders);
        }

        assertThat(NativeHeap.usedBytes() - before).isLessThan(8 << 20);
    }

    @ParameterizedTest
    @CsvSource({"Linux, cuda vaapi", "Mac OS X, videotoolbox", "Windows 11, cuda"})
    void open_auto_triesWhatTheSystemHasAndComesToSoftware(String system, String kinds) throws Exception {
        var tried = new ArrayList<String>();

        try (var decoders = VideoDecoders.open(Decoder.AUTO, system, name -> {
            tried.add(name);
            throw new IOException("no such GPU");
        })) {
            assertThat(decoders.name()).isEqualTo("software");
        }
        assertThat(String.join(" ", tried)).isEqualTo(kinds);
    }

    @Test
    void open_auto_takesTheFirstThatOpensAndClosesIt() throws Exception {
        var device = new TestDevice(AV_PIX_FMT_NV12);

        try (var decoders = VideoDecoders.open(Decoder.AUTO, "Linux", _ -> device)) {
            assertThat(decoders.name()).isEqualTo("test");
        }
        assertThat(device.calls).containsExactly("close");
    }

    @ParameterizedTest
    @EnumSource(names = {"VAAPI", "CUDA", "VIDEOTOOLBOX"})
    void open_namedOneThatCannotBeHad_namesVariableValueAndCause(Decoder choice) {
        assertThatThrownBy(() -> VideoDecoders.open(choice, "Linux", _ -> {
                    throw new IOException("no such GPU");
                }))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("DECODER is '" + choice + "', which cannot be had here: no such GPU; it needs ")
                .hasMessageEndingWith(", allowed: auto, software, vaapi, cuda, videotoolbox");
    }

    @Test
    void open_videotoolboxOfThisSystem_isRefusedWhereItIsNoMac() {
        assumeThat(System.getProperty("os.name")).doesNotStartWith("Mac");

        assertThatThrownBy(() -> VideoDecoders.open(Decoder.VIDEOTOOLBOX))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("FFmpeg has it on other systems only; it needs a Mac");
    }

    /// A Vulkan device without video queues, as Mesa's software driver is: FFmpeg offers its format, the device
    /// refuses, and FFmpeg itself goes on by software.
    @Test
    void next_realDeviceWithoutADecoder_softwareDecodes() throws Exception {
        var device = vulkan();
        assumeThat(device).isPresent();
        var file = stampedFile(30);
        try (var decoders = new VideoDecoders(device.map(HardwareDevice.class::cast))) {
            List<Seen> seen = readAll(file, decoders);

            assertThat(seen).isEqualTo(readAll(file, VideoDecoders.SOFTWARE));
            assertThat(decoders.fallbacks()).isLessThanOrEqualTo(1);
        }
    }

    /// FFmpeg's transfer itself, of a frame that lies in the memory of a Vulkan device.
    @Test
    void fetch_frameOfARealDevice_comesBackToTheByteWithItsProperties() throws Exception {
        var device = vulkan();
        assumeThat(device).isPresent();
        try (var vulkan = device.get();
                var frames = new HardwareFrames(vulkan, AV_PIX_FMT_VULKAN)) {
            AVFrame planar = noise(AV_PIX_FMT_YUV420P, 0xff);
            AVFrame uploaded = uploaded(vulkan, planar);

            AVFrame fetched = frames.fetch(uploaded);

            assertThat(fetched.format()).isEqualTo(AV_PIX_FMT_YUV420P);
            for (int plane = 0; plane < 3; plane++) {
                assertThat(samples(fetched, plane)).as("plane %d", plane).isEqualTo(samples(planar, plane));
            }
            assertThat(fetched.pts()).isEqualTo(77);
            assertThat(fetched.color_range()).isEqualTo(AVCOL_RANGE_JPEG);
            av_frame_free(planar);
            av_frame_free(uploaded);
        }
    }

    /// Decodes by software and calls the frames its own; the pixels that it gives are interleaved, the rest is missing.
    private static final class TestDevice implements HardwareDevice {

        private final int downloadFormat;
        private final List<String> calls = new ArrayList<>();
        private int frameFormat = AV_PIX_FMT_YUV420P;
        private int failsAfter = Integer.MAX_VALUE;
        private int downloads;

        TestDevice(int downloadFormat) {
            this.downloadFormat = downloadFormat;
        }

        @Override
        public String name() {
            return "test";
        }

        @Override
        public int pixelFormat(AVCodec decoder) {
            return frameFormat;
        }

        @Override
        public void attach(AVCodecContext codec) throws IOException {
            boolean isClosed = calls.contains("close");
            calls.add("attach");
            if (isClosed) {
                throw new IOException("test is closed");
            }
        }

        @Override
        public void download(AVFrame decoded, AVFrame target) throws IOException {
            calls.add("download");
            if (downloads++ >= failsAfter) {
                throw new IOException("device lost");
            }
            assertThat(target.isNull()).isFalse();
            assertThat(target.nb_side_data()).isZero();
            converted(decoded, downloadFormat, target);
        }

        @Override
        public void close() {
            calls.add("close");
        }
    }

    private record Seen(FrameStamp stamp, List<Byte> bgr) {}

    @SuppressWarnings("MustBeClosedChecker") // the test closes it
    private static Optional<FfmpegDevice> vulkan() {
        try {
            return Optional.of(FfmpegDevice.open("vulkan"));
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    private Path stampedFile(int frames) throws IOException {
        return BarStream.write(folder, BarStream.stamped(units(frames)));
    }

    private static List<AccessUnit> units(int frames) throws IOException {
        return BarStream.encode(BarStream.SIZE, frames);
    }

    private static List<Seen> readAll(Path file, VideoDecoders decoders) throws IOException {
        var seen = new ArrayList<Seen>();
        var frames =
                new FfmpegFrames(VideoInput.file("drone", file), 2, CLOCK, new LocalSession("local-session"), decoders);
        try (var source = frames.open()) {
            while (true) {
                var frame = source.next();
                var pixels = new ArrayList<Byte>();
                for (int i = 0; i < frame.size().heightPixels() * frame.strideBytes(); i += 7) {
                    pixels.add(frame.bgr().get(i));
                }
                seen.add(new Seen(frame.stamp(), pixels));
            }
        } catch (EOFException _) {
            return seen;
        }
    }

    /// A frame of pseudo-random samples with a time and colours.
    private static AVFrame noise(int format, int mask) throws IOException {
        AVFrame frame = av_frame_alloc();
        frame.format(format).width(64).height(48);
        Ffmpeg.check(av_frame_get_buffer(frame, 0), "frame");
        frame.pts(77).color_range(AVCOL_RANGE_JPEG).colorspace(AVCOL_SPC_BT709);
        int seed = 1;
        for (int plane = 0; plane < 3; plane++) {
            ByteBuffer bytes = plane(frame, plane);
            int sampleBytes = mask > 0xff ? 2 : 1;
            for (int i = 0; i + sampleBytes <= bytes.capacity(); i += sampleBytes) {
                seed = seed * 1_103_515_245 + 12_345;
                int sample = seed >>> 16 & mask;
                bytes.put(i, (byte) sample);
                if (sampleBytes == 2) {
                    bytes.put(i + 1, (byte) (sample >> 8));
                }
            }
        }
        return frame;
    }

    /// The samples of a plane without what lies between its rows.
    private static byte[] samples(AVFrame frame, int plane) {
        int sampleBytes = frame.format() == AV_PIX_FMT_YUV420P10LE ? 2 : 1;
        int rowBytes = (plane == 0 ? frame.width() : frame.width() / 2) * sampleBytes;
        int rows = plane == 0 ? frame.height() : frame.height() / 2;
        byte[] samples = new byte[rowBytes * rows];
        ByteBuffer bytes = plane(frame, plane);
        for (int row = 0; row < rows; row++) {
            bytes.get(row * frame.linesize(plane), samples, row * rowBytes, rowBytes);
        }
        return samples;
    }

    private static ByteBuffer plane(AVFrame frame, int plane) {
        int rows = plane == 0 ? frame.height() : frame.height() / 2;
        return frame.data(plane).capacity((long) frame.linesize(plane) * rows).asByteBuffer();
    }

    /// Writes the pixels of `from` in another format to the empty `to`.
    private static void converted(AVFrame from, int format, AVFrame to) throws IOException {
        to.format(format).width(from.width()).height(from.height());
        Ffmpeg.check(av_frame_get_buffer(to, 0), "frame");
        var scaler = Ffmpeg.require(
                sws_getContext(
                        from.width(),
                        from.height(),
                        from.format(),
                        from.width(),
                        from.height(),
                        format,
                        SWS_BILINEAR,
                        null,
                        null,
                        (DoublePointer) null),
                "scaler");
        try {
            Ffmpeg.check(
                    sws_scale(scaler, from.data(), from.linesize(), 0, from.height(), to.data(), to.linesize()),
                    "conversion");
        } finally {
            sws_freeContext(scaler);
        }
    }

    private static AVFrame uploaded(FfmpegDevice device, AVFrame planar) throws IOException {
        AVFrame interleaved = av_frame_alloc();
        converted(planar, AV_PIX_FMT_NV12, interleaved);
        var codec = org.bytedeco.ffmpeg.global.avcodec.avcodec_alloc_context3(null);
        device.attach(codec);
        var pool = av_hwframe_ctx_alloc(codec.hw_device_ctx());
        new AVHWFramesContext(pool.data())
                .format(AV_PIX_FMT_VULKAN)
                .sw_format(AV_PIX_FMT_NV12)
                .width(planar.width())
                .height(planar.height());
        Ffmpeg.check(av_hwframe_ctx_init(pool), "frames of the device");
        AVFrame uploaded = av_frame_alloc();
        Ffmpeg.check(av_hwframe_get_buffer(pool, uploaded, 0), "frame of the device");
        Ffmpeg.check(av_hwframe_transfer_data(uploaded, interleaved, 0), "upload");
        Ffmpeg.check(av_frame_copy_props(uploaded, planar), "properties");
        av_buffer_unref(pool);
        org.bytedeco.ffmpeg.global.avcodec.avcodec_free_context(codec);
        av_frame_free(interleaved);
        return uploaded;
    }
}
