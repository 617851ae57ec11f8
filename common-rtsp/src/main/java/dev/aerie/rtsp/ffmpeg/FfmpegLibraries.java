package dev.aerie.rtsp.ffmpeg;

import static org.bytedeco.ffmpeg.global.avdevice.avdevice_register_all;

import dev.aerie.natives.NativeLibrary;
import java.util.List;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.ffmpeg.global.swscale;
import org.bytedeco.javacpp.Loader;

/// FFmpeg's parts, each loaded by name.
public final class FfmpegLibraries {

    /// Needed by every process that reads, decodes or encodes video. No system libraries required.
    public static final List<NativeLibrary> VIDEO = List.of(
            new NativeLibrary("FFmpeg avutil", () -> Loader.load(avutil.class)),
            new NativeLibrary("FFmpeg avcodec", () -> Loader.load(avcodec.class)),
            new NativeLibrary("FFmpeg avformat", () -> Loader.load(avformat.class)),
            new NativeLibrary("FFmpeg swscale", () -> Loader.load(swscale.class)));

    /// Needed for local cameras only: linked with libraries of a sound server and a window system, which a server
    /// lacks.
    public static final NativeLibrary DEVICES = new NativeLibrary(
            "FFmpeg avdevice",
            List.of("libxcb.so.1", "libxcb-shm.so.0", "libpulse.so.0", "libasound.so.2"),
            () -> avdevice_register_all());

    private FfmpegLibraries() {}
}
