package dev.aerie.rtsp.ffmpeg;

import com.google.errorprone.annotations.MustBeClosed;
import java.io.IOException;
import java.util.OptionalLong;
import org.bytedeco.ffmpeg.avcodec.AVPacket;

/// Input of a decoder: packets of one whole frame each. Owns the input it reads. Used by one thread; [#abort] by
/// any.
sealed interface PacketFeed extends AutoCloseable permits ClientFeed, DemuxerFeed, UnitFeed {

    @MustBeClosed
    @SuppressWarnings("MustBeClosedChecker") // goes to the feed, which closes it
    static PacketFeed open(VideoInput input) throws IOException {
        var demuxer = Demuxer.open(input, new NativeWait());
        try {
            return demuxer.isInPieces()
                    ? new UnitFeed(AccessUnitSource.over(input, demuxer), demuxer)
                    : new DemuxerFeed(demuxer);
        } catch (IOException e) {
            demuxer.close();
            throw e;
        }
    }

    /// - `stream`: for the log
    @MustBeClosed
    FrameDecoder openDecoder(VideoDecoders decoders, String stream) throws IOException;

    /// Fills the empty `packet`; throws [EOFException] at the end.
    void read(AVPacket packet) throws IOException;

    /// Unix time of the frame that was decoded from a packet with this pts, where sender reports tell.
    OptionalLong captureTimeNanos(long pts);

    /// Units that were dropped because packets of them were missing.
    default long skipped() {
        return 0;
    }

    void abort();

    @Override
    void close();
}
