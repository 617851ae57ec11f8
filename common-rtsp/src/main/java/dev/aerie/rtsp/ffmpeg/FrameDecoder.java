package dev.aerie.rtsp.ffmpeg;

import static org.bytedeco.ffmpeg.global.avcodec.*;
import static org.bytedeco.ffmpeg.global.avutil.*;

import com.google.errorprone.annotations.MustBeClosed;
import dev.aerie.video.FrameSize;
import dev.aerie.video.VideoCodec;
import java.io.IOException;
import java.util.Set;
import java.util.TreeSet;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Decodes on the calling thread: frame threads would add one frame of delay each. Owns its native memory.
///
/// With a device, frames are decoded by it and copied to our memory. Where it cannot decode the stream, software does
/// so from the first frame on; where it fails later, software does so from the next IDR frame on.
final class FrameDecoder implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(FrameDecoder.class);

    /// AV_FRAME_FLAG_CORRUPT, a macro that JavaCPP leaves out.
    private static final int FLAG_CORRUPT = 1;

    /// So many damaged frames one after the other are the device's fault, not the stream's.
    private static final int MAX_BROKEN_IN_A_ROW = 60;

    /// What cameras and drones write, of the hundreds that FFmpeg decodes.
    private static final Set<String> CODECS = Set.of(
            "h264", "hevc", "av1", "vp8", "vp9", "mpeg4", "mpeg2video", "mpeg1video", "mjpeg", "prores", "rawvideo");

    private final VideoDecoders decoders;
    private final String stream;
    private final AVCodecParameters parameters;
    private final AVFrame decoded;
    private AVFrame current;
    private AVCodecContext codec;
    private @Nullable HardwareFrames hardware;
    private long brokenFrames;
    private int brokenInARow;
    private boolean onDevice;
    private boolean begun;
    private boolean awaitsIdr;
    private boolean drained;

    private FrameDecoder(VideoDecoders decoders, String stream, AVCodecParameters parameters) throws IOException {
        this.decoders = decoders;
        this.stream = stream;
        this.parameters = parameters;
        this.decoded = Ffmpeg.require(av_frame_alloc(), "frame");
        this.current = decoded;
        this.hardware = hardwareFor(decoders, parameters);
        try {
            this.codec = openFirst();
        } catch (IOException e) {
            freeHardware();
            av_frame_free(decoded);
            throw e;
        }
    }

    /// For video whose parameter sets come in band.
    @MustBeClosed
    static FrameDecoder open(VideoDecoders decoders, String stream, VideoCodec codec) throws IOException {
        var parameters = Ffmpeg.require(avcodec_parameters_alloc(), "decoder for " + codec.title());
        try {
            return open(
                    decoders, stream, parameters.codec_type(AVMEDIA_TYPE_VIDEO).codec_id(Ffmpeg.idOf(codec)));
        } finally {
            avcodec_parameters_free(parameters);
        }
    }

    /// - `stream`: for the log
    /// - `parameters`: copied
    @MustBeClosed
    static FrameDecoder open(VideoDecoders decoders, String stream, AVCodecParameters parameters) throws IOException {
        var own = Ffmpeg.require(avcodec_parameters_alloc(), "decoder");
        try {
            Ffmpeg.check(avcodec_parameters_copy(own, parameters), "decoder");
            return new FrameDecoder(decoders, stream, own);
        } catch (IOException e) {
            avcodec_parameters_free(own);
            throw e;
        }
    }

    /// Sends the decoder a packet; an undecodable one is counted and dropped.
    void decode(AVPacket packet) throws IOException {
        if (awaitsIdr && (packet.flags() & AV_PKT_FLAG_KEY) == 0) {
            brokenFrames++;
            return;
        }
        awaitsIdr = false;
        int code = avcodec_send_packet(codec, packet);
        if (isFaultOfDevice(code)) {
            fallBack("decoding: " + Ffmpeg.text(code));
            decode(packet);
            return;
        }
        if (code == Ffmpeg.NO_MEMORY) {
            Ffmpeg.check(code, "decoding");
        }
        if (code < 0) {
            broken();
        }
    }

    /// Starts draining: no packet follows.
    void drain() {
        if (!drained) {
            drained = true;
            avcodec_send_packet(codec, null);
        }
    }

    /// Makes the next whole frame the current one; false if another packet is needed. Throws [EOFException] once
    /// drained.
    boolean next() throws IOException {
        while (true) {
            int code = avcodec_receive_frame(codec, decoded);
            if (code == Ffmpeg.AGAIN) {
                return false;
            }
            if (isFaultOfDevice(code)) {
                fallBack("decoding: " + Ffmpeg.text(code));
            } else if (code >= 0 && !isBroken()) {
                if (isFetched()) {
                    brokenInARow = 0;
                    return true;
                }
            } else if (code == AVERROR_EOF || code == Ffmpeg.NO_MEMORY) {
                Ffmpeg.check(code, "decoding");
            } else {
                broken();
            }
        }
    }

    /// The current frame, lent until the next call of [#next].
    AVFrame frame() {
        return current;
    }

    /// Frames and packets dropped because they were damaged, or because the device failed.
    long brokenFrames() {
        return brokenFrames;
    }

    @Override
    public void close() {
        decoders.ended(onDevice);
        av_frame_free(decoded);
        avcodec_free_context(codec);
        freeHardware();
        avcodec_parameters_free(parameters);
    }

    private AVCodecContext openFirst() throws IOException {
        var device = hardware;
        try {
            var opened = openCodec(parameters, device);
            begin(device != null);
            return opened;
        } catch (IOException e) {
            if (device == null) {
                throw e;
            }
            var opened = openCodec(parameters, null);
            begin(true);
            goOnBySoftware(device, e.getMessage());
            freeHardware();
            return opened;
        }
    }

    private void begin(boolean isOnDevice) {
        onDevice = isOnDevice;
        decoders.begun(isOnDevice);
    }

    private boolean isBroken() {
        return (decoded.flags() & FLAG_CORRUPT) != 0 || decoded.decode_error_flags() != 0;
    }

    private void broken() throws IOException {
        brokenFrames++;
        brokenInARow++;
        if (hardware != null && brokenInARow > MAX_BROKEN_IN_A_ROW) {
            fallBack(MAX_BROKEN_IN_A_ROW + " damaged frames");
        }
    }

    /// Damaged video is [#AVERROR_INVALIDDATA], whoever decodes; what else fails while a device decodes is its fault.
    private boolean isFaultOfDevice(int code) {
        return hardware != null
                && code < 0
                && code != Ffmpeg.AGAIN
                && code != AVERROR_EOF
                && code != AVERROR_INVALIDDATA;
    }

    /// Makes the decoded frame the current one; false where the device lost it.
    private boolean isFetched() throws IOException {
        var device = hardware;
        if (device == null) {
            return true;
        }
        if (!device.isOfDevice(decoded)) {
            // Not freed: FFmpeg asks the device again where the parameter sets change.
            goOnBySoftware(device, "it does not decode this video");
            current = decoded;
            return true;
        }
        try {
            current = device.fetch(decoded);
        } catch (IOException e) {
            fallBack(e.getMessage());
            return false;
        }
        if (!begun) {
            begun = true;
            LOG.info(
                    "video decoder begun stream={} decoder={}",
                    stream,
                    device.device().name());
        }
        return true;
    }

    /// A new decoder, without the device; the frames up to the next IDR frame are lost.
    private void fallBack(@Nullable String cause) throws IOException {
        var device = hardware;
        if (device == null) {
            return;
        }
        var replacement = openCodec(parameters, null);
        avcodec_free_context(codec);
        codec = replacement;
        awaitsIdr = true;
        brokenFrames++;
        goOnBySoftware(device, cause);
        freeHardware();
        current = decoded;
        if (drained) {
            avcodec_send_packet(codec, null);
        }
    }

    private void goOnBySoftware(HardwareFrames device, @Nullable String cause) {
        if (onDevice) {
            onDevice = false;
            decoders.fellBack();
            LOG.warn(
                    "video decoder fell back stream={} decoder=software instead={} cause={}",
                    stream,
                    device.device().name(),
                    cause);
        }
    }

    private void freeHardware() {
        if (hardware != null) {
            hardware.close();
            hardware = null;
        }
    }

    private static @Nullable HardwareFrames hardwareFor(VideoDecoders decoders, AVCodecParameters parameters)
            throws IOException {
        var device = decoders.device();
        var decoder = avcodec_find_decoder(parameters.codec_id());
        if (device.isEmpty() || decoder == null || decoder.isNull()) {
            return null;
        }
        int format = device.get().pixelFormat(decoder);
        return format == AV_PIX_FMT_NONE ? null : new HardwareFrames(device.get(), format);
    }

    private static AVCodecContext openCodec(AVCodecParameters parameters, @Nullable HardwareFrames hardware)
            throws IOException {
        String name = avcodec_get_name(parameters.codec_id()).getString();
        if (!CODECS.contains(name)) {
            throw new IOException("video is " + name + ", decoded are " + String.join(", ", new TreeSet<>(CODECS)));
        }
        AVCodec decoder = Ffmpeg.require(avcodec_find_decoder(parameters.codec_id()), "decoder for " + name);
        var codec = Ffmpeg.require(avcodec_alloc_context3(decoder), "decoder for " + name);
        try {
            Ffmpeg.check(avcodec_parameters_to_context(codec, parameters), "decoder for " + name);
            codec.thread_count(1);
            codec.max_pixels(FrameSize.MAX_CODED_PIXELS);
            codec.flags(codec.flags() | AV_CODEC_FLAG_LOW_DELAY);
            if (hardware != null) {
                hardware.device().attach(codec);
            }
            Ffmpeg.check(avcodec_open2(codec, decoder, (AVDictionary) null), name);
            return codec;
        } catch (IOException e) {
            avcodec_free_context(codec);
            throw e;
        }
    }
}
