package dev.aerie.rtsp.ffmpeg;

import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_unref;

import com.google.errorprone.annotations.MustBeClosed;
import dev.aerie.video.AccessUnit;
import dev.aerie.video.FrameStamp;
import dev.aerie.video.Sps;
import dev.aerie.video.VideoCodec;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bytedeco.ffmpeg.avcodec.AVPacket;

/// Access units of another codec as H.264, for players that know no other: each frame keeps its identity and its time.
/// Frames that cannot be decoded are left out. Owns native memory until [#close]; one thread.
public final class UnitTranscoder implements AutoCloseable {

    private final String stream;
    private final FrameDecoder decoder;
    private final AVPacket packet = av_packet_alloc();
    private final FrameEncoder encoder = new FrameEncoder();
    private double framesPerSecond;

    private UnitTranscoder(String stream, FrameDecoder decoder) {
        this.stream = stream;
        this.decoder = decoder;
    }

    /// - `stream`: of the identities in the units
    /// - `codec`: of all units
    /// - `decoders`: whose device decodes, not closed here
    @MustBeClosed
    @SuppressWarnings("MustBeClosedChecker") // goes to the transcoder, which closes it
    public static UnitTranscoder open(String stream, VideoCodec codec, VideoDecoders decoders) throws IOException {
        return new UnitTranscoder(stream, FrameDecoder.open(decoders, stream, codec));
    }

    /// Takes the next unit in decoding order and returns the frames that are there now, in the order in which they are
    /// shown; mostly one. The first unit is an IDR frame.
    public List<AccessUnit> transcode(AccessUnit unit) throws IOException {
        if (unit.isIdr()) {
            framesPerSecond =
                    Sps.in(unit).map(sps -> sps.framesPerSecond().orElse(0)).orElse(0.0);
        }
        Ffmpeg.fill(packet, unit);
        try {
            decoder.decode(packet);
        } finally {
            av_packet_unref(packet);
        }
        var made = new ArrayList<AccessUnit>(1);
        while (decoder.next()) {
            var frame = decoder.frame();
            Optional<FrameStamp> stamp = FrameStamper.identityOf(stream, frame);
            var coded = encoder.encode(frame, frame.best_effort_timestamp(), framesPerSecond);
            made.add(stamp.map(coded::withStamp).orElse(coded));
        }
        return made;
    }

    @Override
    public void close() {
        encoder.close();
        av_packet_free(packet);
        decoder.close();
    }
}
