package dev.aerie.rtsp.ffmpeg;

import com.google.errorprone.annotations.MustBeClosed;
import dev.aerie.settings.Decoder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What the video of a process is decoded by: software, or one device that all its streams share and this owns.
///
/// A stream that the device cannot decode, or on which it fails, is decoded by software. Streams that are open when
/// this is closed go on. Thread-safe.
public final class VideoDecoders implements AutoCloseable {

    /// FFmpeg on the CPU, as ever; nothing to close.
    public static final VideoDecoders SOFTWARE = new VideoDecoders(Optional.empty());

    private static final Logger LOG = LoggerFactory.getLogger(VideoDecoders.class);

    private final Optional<HardwareDevice> device;
    private final AtomicLong bySoftware = new AtomicLong();
    private final AtomicLong byHardware = new AtomicLong();
    private final AtomicLong fallbacks = new AtomicLong();

    VideoDecoders(Optional<HardwareDevice> device) {
        this.device = device;
    }

    /// Opens a device by FFmpeg's name of its kind; throws [IOException] with the cause where it cannot.
    interface DeviceOpener {

        @MustBeClosed
        HardwareDevice open(String name) throws IOException;
    }

    /// Opens what an operator chose; throws [IOException] with a line for him where the chosen device cannot be had.
    @MustBeClosed
    public static VideoDecoders open(Decoder choice) throws IOException {
        return open(choice, System.getProperty("os.name", ""), FfmpegDevice::open);
    }

    @MustBeClosed
    @SuppressWarnings("MustBeClosedChecker") // the device goes to the decoders, which close it
    static VideoDecoders open(Decoder choice, String osName, DeviceOpener opener) throws IOException {
        return switch (choice) {
            case SOFTWARE -> new VideoDecoders(Optional.empty());
            case AUTO -> new VideoDecoders(firstOf(candidates(osName), opener));
            case VAAPI, CUDA, VIDEOTOOLBOX -> {
                try {
                    yield new VideoDecoders(Optional.of(opener.open(choice.toString())));
                } catch (IOException e) {
                    throw new IOException(
                            "DECODER is '" + choice + "', which cannot be had here: " + e.getMessage() + "; it needs "
                                    + needs(choice) + ", allowed: " + String.join(", ", Decoder.wireNames()),
                            e);
                }
            }
        };
    }

    /// What frames are decoded by where the stream allows: `software`, `cuda`.
    public String name() {
        return device.map(HardwareDevice::name).orElse(Decoder.SOFTWARE.toString());
    }

    /// Streams that software decodes now.
    public long bySoftware() {
        return bySoftware.get();
    }

    /// Streams that the device decodes now.
    public long byHardware() {
        return byHardware.get();
    }

    /// Streams that went over from the device to software: not supported by it, or it failed.
    public long fallbacks() {
        return fallbacks.get();
    }

    Optional<HardwareDevice> device() {
        return device;
    }

    void begun(boolean onDevice) {
        (onDevice ? byHardware : bySoftware).incrementAndGet();
    }

    void ended(boolean onDevice) {
        (onDevice ? byHardware : bySoftware).decrementAndGet();
    }

    void fellBack() {
        fallbacks.incrementAndGet();
        byHardware.decrementAndGet();
        bySoftware.incrementAndGet();
    }

    @Override
    public void close() {
        device.ifPresent(HardwareDevice::close);
    }

    private static List<Decoder> candidates(String osName) {
        if (osName.startsWith("Mac")) {
            return List.of(Decoder.VIDEOTOOLBOX);
        }
        return osName.startsWith("Linux") ? List.of(Decoder.CUDA, Decoder.VAAPI) : List.of(Decoder.CUDA);
    }

    @SuppressWarnings("MustBeClosedChecker") // goes to the caller
    private static Optional<HardwareDevice> firstOf(List<Decoder> candidates, DeviceOpener opener) {
        var causes = new ArrayList<String>();
        for (Decoder candidate : candidates) {
            try {
                var opened = opener.open(candidate.toString());
                LOG.info("video decoder chosen decoder={}", candidate);
                return Optional.of(opened);
            } catch (IOException e) {
                causes.add(candidate + ": " + e.getMessage());
            }
        }
        LOG.info("video decoder chosen decoder=software cause={}", String.join("; ", causes));
        return Optional.empty();
    }

    private static String needs(Decoder choice) {
        return switch (choice) {
            case CUDA ->
                "NVIDIA's driver with libcuda and libnvcuvid, in a container NVIDIA_DRIVER_CAPABILITIES with video";
            case VAAPI -> "a GPU's /dev/dri/renderD128 that this user may open, and its VA-API driver";
            case VIDEOTOOLBOX -> "a Mac";
            case AUTO, SOFTWARE -> "nothing";
        };
    }
}
