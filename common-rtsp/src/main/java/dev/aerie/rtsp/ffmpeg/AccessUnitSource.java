package dev.aerie.rtsp.ffmpeg;

import static org.bytedeco.ffmpeg.global.avcodec.*;

import com.google.errorprone.annotations.MustBeClosed;
import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.aerie.rtsp.StreamSource;
import dev.aerie.video.AccessUnit;
import dev.aerie.video.AccessUnitAssembler;
import dev.aerie.video.AccessUnitBoundary;
import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.OptionalLong;
import java.util.concurrent.locks.ReentrantLock;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacket;

/// One open input as access units.
public final class AccessUnitSource implements StreamSource<AccessUnit> {

    private static final int MAX_UNIT_BYTES = 16 << 20;

    private final ReentrantLock lock = new ReentrantLock();
    private final Demuxer demuxer;
    private final AnnexBFilter filter;
    private final AVPacket packet;
    private final AccessUnitAssembler assembler;
    private final ArrayDeque<AccessUnit> ready = new ArrayDeque<>();
    private volatile OptionalLong captureTimeNanos = OptionalLong.empty();

    @GuardedBy("lock")
    private boolean closed;

    private AccessUnitSource(Demuxer demuxer, AnnexBFilter filter, AccessUnitAssembler assembler) {
        this.demuxer = demuxer;
        this.filter = filter;
        this.packet = av_packet_alloc();
        this.assembler = assembler;
    }

    @MustBeClosed
    @SuppressWarnings("MustBeClosedChecker") // both go to the source, which closes them
    static AccessUnitSource open(VideoInput input) throws IOException {
        var demuxer = Demuxer.open(input, new NativeWait());
        try {
            return over(input, demuxer);
        } catch (IOException e) {
            demuxer.close();
            throw e;
        }
    }

    /// Takes `demuxer` over: closes it in the end, but not where it throws.
    @MustBeClosed
    @SuppressWarnings("MustBeClosedChecker") // goes to the source, which closes it
    static AccessUnitSource over(VideoInput input, Demuxer demuxer) throws IOException {
        var parameters = demuxer.video().codecpar();
        var codec = Ffmpeg.codecOf(parameters.codec_id());
        if (codec.isEmpty()) {
            String name = avcodec_get_name(parameters.codec_id()).getString();
            throw new IOException("video is " + name + ", want h264 or hevc");
        }
        var accessUnitBoundary = demuxer.isInPieces() ? AccessUnitBoundary.NEXT_UNIT : AccessUnitBoundary.CHUNK_END;
        var assembler = new AccessUnitAssembler(input.stream(), MAX_UNIT_BYTES, accessUnitBoundary, codec);
        learnParameterSets(assembler, parameters);
        return new AccessUnitSource(demuxer, AnnexBFilter.open(codec.get(), parameters), assembler);
    }

    @Override
    public AccessUnit next() throws IOException {
        lock.lock();
        try {
            while (ready.isEmpty()) {
                if (closed) {
                    throw new IOException("source is closed");
                }
                readPacket();
            }
            var unit = ready.removeFirst();
            captureTimeNanos = demuxer.captureTimeNanos(unit.ptsTicks90k());
            return unit;
        } finally {
            lock.unlock();
        }
    }

    /// Unix time of the unit that [#next] returned last, where the camera's sender reports (RTCP) tell.
    public OptionalLong captureTimeNanos() {
        return captureTimeNanos;
    }

    /// Waits for a [#next] that is under way, which ends within a fraction of a second.
    @Override
    public void close() {
        demuxer.abort();
        lock.lock();
        try {
            if (!closed) {
                closed = true;
                av_packet_free(packet);
                filter.close();
                demuxer.close();
            }
        } finally {
            lock.unlock();
        }
    }

    /// Takes what comes next. At the end, the last unit is whole though none begins behind it.
    private void readPacket() throws IOException {
        try {
            demuxer.read(packet);
        } catch (EOFException e) {
            var last = assembler.flush();
            if (last.isEmpty()) {
                throw e;
            }
            ready.addAll(last);
            return;
        }
        try {
            if (!demuxer.isInPieces()) {
                filter.apply(packet);
            }
            var bytes = packet.data().capacity(packet.size()).asByteBuffer();
            ready.addAll(assembler.push(bytes, demuxer.ptsTicks90k()));
        } finally {
            av_packet_unref(packet);
        }
    }

    /// Parameter sets may come in the session description only, in Annex-B form.
    private static void learnParameterSets(AccessUnitAssembler assembler, AVCodecParameters parameters)
            throws IOException {
        int size = parameters.extradata_size();
        if (size > 4 && parameters.extradata().get(0) == 0) {
            var sets = parameters.extradata().capacity(size).asByteBuffer();
            if (!assembler.push(sets, 0).isEmpty()) {
                throw new IOException("the session description holds a frame");
            }
        }
    }
}
