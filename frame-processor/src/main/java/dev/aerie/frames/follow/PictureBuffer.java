package dev.aerie.frames.follow;

import dev.aerie.video.VideoFrame;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The last pictures of a stream that were worked on: what a person sees and clicks into is some pictures old
/// when the click arrives. Copies, at most as many as it was made for; the oldest one's memory takes the
/// newest.
///
/// Used by one thread.
final class PictureBuffer {

    private static final ByteBuffer NONE = ByteBuffer.allocateDirect(0);

    private final int most;
    private final ArrayDeque<KeptPicture> pictures = new ArrayDeque<>();

    PictureBuffer(int most) {
        this.most = most;
    }

    void keep(VideoFrame frame) {
        ByteBuffer memory = pictures.size() == most ? pictures.removeFirst().bgr() : NONE;
        pictures.addLast(KeptPicture.of(frame, memory));
    }

    void clear() {
        pictures.clear();
    }

    @Nullable
    VideoFrame newest() {
        return pictures.peekLast();
    }

    /// The picture of this number, or the one nearest to it: some frames are left out. Empty for one that
    /// is older than all that are kept.
    Optional<VideoFrame> find(long frameNumber) {
        if (pictures.isEmpty() || frameNumber < number(pictures.getFirst())) {
            return Optional.empty();
        }
        return pictures.stream()
                .min(Comparator.comparingLong(picture -> Math.abs(number(picture) - frameNumber)))
                .map(VideoFrame.class::cast);
    }

    long bytes() {
        return pictures.stream().mapToLong(picture -> picture.bgr().capacity()).sum();
    }

    private static long number(VideoFrame picture) {
        return picture.stamp().id().frameNumber();
    }
}
