package dev.aerie.rtsp.ffmpeg;

import java.io.IOException;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avutil.AVFrame;

/// A GPU's decoder, shared by all streams of the process. Thread-safe.
interface HardwareDevice extends AutoCloseable {

    /// As an operator names it, `cuda`.
    String name();

    /// AVPixelFormat of the frames that it decodes; AV_PIX_FMT_NONE for a codec that it never decodes.
    int pixelFormat(AVCodec decoder);

    /// Has `codec`, which is not open yet, decode with this device. A codec context keeps the device alive for itself,
    /// also beyond [#close]. Throws [IOException] once closed.
    void attach(AVCodecContext codec) throws IOException;

    /// Copies the pixels of `decoded`, which lies in the device's memory, to the empty `target`; nothing else of it.
    void download(AVFrame decoded, AVFrame target) throws IOException;

    @Override
    void close();
}
