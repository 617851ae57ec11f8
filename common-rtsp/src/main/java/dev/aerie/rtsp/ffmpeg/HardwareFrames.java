package dev.aerie.rtsp.ffmpeg;

import static org.bytedeco.ffmpeg.global.avutil.*;
import static org.bytedeco.ffmpeg.global.swscale.*;

import java.io.IOException;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.swscale.SwsContext;
import org.bytedeco.javacpp.DoublePointer;
import org.jspecify.annotations.Nullable;

/// Frames of a device in the layout in which FFmpeg decodes on the CPU, so that what follows cannot tell who decoded:
/// devices interleave both chroma planes (NV12, and P010 with 10 bits), and pulling them apart loses nothing.
/// Owns its native memory; one thread.
final class HardwareFrames implements AutoCloseable {

    private final HardwareDevice device;
    private final int format;
    private final AVFrame downloaded;
    private final AVFrame planar;
    private @Nullable SwsContext splitter;

    /// - `format`: AVPixelFormat of the device's frames
    HardwareFrames(HardwareDevice device, int format) throws IOException {
        this.device = device;
        this.format = format;
        this.downloaded = Ffmpeg.require(av_frame_alloc(), "frame");
        this.planar = Ffmpeg.require(av_frame_alloc(), "frame");
    }

    HardwareDevice device() {
        return device;
    }

    /// Whether this frame lies in the device's memory.
    boolean isOfDevice(AVFrame frame) {
        return frame.format() == format;
    }

    /// A copy of `decoded` in our memory with all that it says of itself (times, colours, the SEI with its identity),
    /// lent until the next call. `decoded` goes back to the device, which has few.
    AVFrame fetch(AVFrame decoded) throws IOException {
        av_frame_unref(downloaded);
        device.download(decoded, downloaded);
        Ffmpeg.check(av_frame_copy_props(downloaded, decoded), "properties of a frame");
        av_frame_unref(decoded);
        int split = planarOf(downloaded.format());
        return split == AV_PIX_FMT_NONE ? downloaded : split(split);
    }

    @Override
    public void close() {
        sws_freeContext(splitter);
        splitter = null;
        av_frame_free(downloaded);
        av_frame_free(planar);
    }

    private AVFrame split(int planarFormat) throws IOException {
        int width = downloaded.width();
        int height = downloaded.height();
        av_frame_unref(planar);
        planar.format(planarFormat).width(width).height(height);
        Ffmpeg.check(av_frame_get_buffer(planar, 0), "frame");
        splitter = Ffmpeg.require(
                sws_getCachedContext(
                        splitter,
                        width,
                        height,
                        downloaded.format(),
                        width,
                        height,
                        planarFormat,
                        SWS_BILINEAR,
                        null,
                        null,
                        (DoublePointer) null),
                "conversion of pixel format " + downloaded.format());
        Ffmpeg.check(
                sws_scale(
                        splitter,
                        downloaded.data(),
                        downloaded.linesize(),
                        0,
                        height,
                        planar.data(),
                        planar.linesize()),
                "separation of chroma");
        Ffmpeg.check(av_frame_copy_props(planar, downloaded), "properties of a frame");
        return planar;
    }

    /// The same pixels with one plane for each component; AV_PIX_FMT_NONE for what is taken as it is.
    private static int planarOf(int downloadedFormat) {
        return switch (downloadedFormat) {
            case AV_PIX_FMT_NV12 -> AV_PIX_FMT_YUV420P;
            case AV_PIX_FMT_P010LE -> AV_PIX_FMT_YUV420P10LE;
            default -> AV_PIX_FMT_NONE;
        };
    }
}
