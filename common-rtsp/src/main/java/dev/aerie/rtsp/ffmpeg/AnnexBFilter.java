package dev.aerie.rtsp.ffmpeg;

import static org.bytedeco.ffmpeg.global.avcodec.*;

import com.google.errorprone.annotations.MustBeClosed;
import dev.aerie.video.VideoCodec;
import java.io.IOException;
import org.bytedeco.ffmpeg.avcodec.AVBSFContext;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacket;

/// Rewrites packets of MP4, Matroska and FLV (length in front of each NAL unit) as Annex-B (start codes); leaves
/// Annex-B as it is. Owns its native memory.
final class AnnexBFilter implements AutoCloseable {

    private final AVBSFContext filter;

    private AnnexBFilter(AVBSFContext filter) {
        this.filter = filter;
    }

    @MustBeClosed
    static AnnexBFilter open(VideoCodec codec, AVCodecParameters parameters) throws IOException {
        String name = switch (codec) {
            case H264 -> "h264_mp4toannexb";
            case H265 -> "hevc_mp4toannexb";
        };
        var kind = Ffmpeg.require(av_bsf_get_by_name(name), "filter " + name);
        var filter = new AVBSFContext(null);
        Ffmpeg.check(av_bsf_alloc(kind, filter), "filter " + name);
        try {
            Ffmpeg.check(avcodec_parameters_copy(filter.par_in(), parameters), "filter " + name);
            Ffmpeg.check(av_bsf_init(filter), "filter " + name);
            return new AnnexBFilter(filter);
        } catch (IOException e) {
            av_bsf_free(filter);
            throw e;
        }
    }

    /// Rewrites `packet` in place: one in, one out.
    void apply(AVPacket packet) throws IOException {
        Ffmpeg.check(av_bsf_send_packet(filter, packet), "rewriting as Annex-B");
        Ffmpeg.check(av_bsf_receive_packet(filter, packet), "rewriting as Annex-B");
    }

    @Override
    public void close() {
        av_bsf_free(filter);
    }
}
