package dev.aerie.vision.tracker;

import dev.aerie.video.FrameSize;
import dev.aerie.vision.track.MaskTracker;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The state that another replica needs to continue a session: its tracks, and their mask tracker's memory.
public final class SavedTracks {

    private static final Logger LOG = LoggerFactory.getLogger(SavedTracks.class);
    private static final int MAGIC = 0x41455331;
    private static final int MAX_BYTES = 1 << 30;

    private final byte[] bytes;

    private SavedTracks(byte[] bytes) {
        this.bytes = bytes;
    }

    static SavedTracks of(String session, FrameSize size, TrackSet tracks, MaskTracker maskTracker) {
        var memory = new ByteArrayOutputStream();
        try (var out = new DataOutputStream(memory)) {
            out.writeInt(MAGIC);
            out.writeUTF(session);
            out.writeInt(size.widthPixels());
            out.writeInt(size.heightPixels());
            tracks.save(out);
            maskTracker.save(out);
        } catch (IOException e) {
            throw new UncheckedIOException("memory takes whatever is written", e);
        }
        return new SavedTracks(memory.toByteArray());
    }

    /// Reads what [#writeTo] wrote, all of `in`.
    public static SavedTracks read(InputStream in) throws IOException {
        return new SavedTracks(in.readNBytes(MAX_BYTES));
    }

    public void writeTo(OutputStream out) throws IOException {
        out.write(bytes);
    }

    /// Restores new tracks and a new tracker; false, with nothing usable in them, where it is of another session or
    /// size, or damaged: the log gives the cause.
    boolean restore(String session, FrameSize size, TrackSet tracks, MaskTracker maskTracker) {
        try (var in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            if (in.readInt() != MAGIC) {
                throw new IOException("not a saved state");
            }
            String savedSession = in.readUTF();
            var savedSize = new FrameSize(in.readInt(), in.readInt());
            if (!savedSession.equals(session) || !savedSize.equals(size)) {
                throw new IOException("it is of session " + savedSession + ", " + savedSize);
            }
            tracks.restore(in, size);
            maskTracker.restore(in);
            LOG.info("state resumed session={} objects={}", session, tracks.size());
            return true;
        } catch (IOException | IllegalArgumentException e) {
            LOG.warn("state not resumed session={} cause={}", session, e.getMessage());
            return false;
        }
    }
}
