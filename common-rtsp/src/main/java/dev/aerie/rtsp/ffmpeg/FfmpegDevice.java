package dev.aerie.rtsp.ffmpeg;

import static org.bytedeco.ffmpeg.global.avcodec.*;
import static org.bytedeco.ffmpeg.global.avutil.*;

import com.google.errorprone.annotations.MustBeClosed;
import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.io.IOException;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avutil.AVBufferRef;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.javacpp.Pointer;

/// One of FFmpeg's hardware devices.
///
/// A codec context with a device needs no `get_format` of ours: FFmpeg's own takes the device's format where the stream
/// can be decoded by it, and is asked again, without that format, where the device refuses.
final class FfmpegDevice implements HardwareDevice {

    private final String name;
    private final int type;

    @GuardedBy("this")
    private final AVBufferRef device;

    @GuardedBy("this")
    private boolean closed;

    private FfmpegDevice(String name, int type, AVBufferRef device) {
        this.name = name;
        this.type = type;
        this.device = device;
    }

    /// The system's first device of this kind; throws [IOException] with the cause where there is none.
    ///
    /// - `name`: FFmpeg's of the kind, `vaapi`
    @MustBeClosed
    static FfmpegDevice open(String name) throws IOException {
        Ffmpeg.quiet();
        int type = av_hwdevice_find_type_by_name(name);
        if (!isBuiltIn(type)) {
            throw new IOException("FFmpeg has it on other systems only");
        }
        var device = new AVBufferRef((Pointer) null);
        Ffmpeg.check(av_hwdevice_ctx_create(device, type, (String) null, (AVDictionary) null, 0), "opening the device");
        return new FfmpegDevice(name, type, device);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int pixelFormat(AVCodec decoder) {
        for (int i = 0; ; i++) {
            var config = avcodec_get_hw_config(decoder, i);
            if (config == null || config.isNull()) {
                return AV_PIX_FMT_NONE;
            }
            boolean takesDevice = (config.methods() & AV_CODEC_HW_CONFIG_METHOD_HW_DEVICE_CTX) != 0;
            if (takesDevice && config.device_type() == type) {
                return config.pix_fmt();
            }
        }
    }

    @Override
    public synchronized void attach(AVCodecContext codec) throws IOException {
        if (closed) {
            throw new IOException(name + " is closed");
        }
        codec.hw_device_ctx(Ffmpeg.require(av_buffer_ref(device), "reference to " + name));
    }

    @Override
    public void download(AVFrame decoded, AVFrame target) throws IOException {
        Ffmpeg.check(av_hwframe_transfer_data(target, decoded, 0), "copying a frame from " + name);
    }

    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            av_buffer_unref(device);
        }
    }

    private static boolean isBuiltIn(int type) {
        int built = av_hwdevice_iterate_types(AV_HWDEVICE_TYPE_NONE);
        while (built != AV_HWDEVICE_TYPE_NONE && built != type) {
            built = av_hwdevice_iterate_types(built);
        }
        return built != AV_HWDEVICE_TYPE_NONE;
    }
}
