package dev.aerie.frames.overlay;

import dev.aerie.video.AccessUnit;
import dev.aerie.video.FrameSize;
import java.io.IOException;

/// Where annotated video of one stream goes.
@FunctionalInterface
public interface OverlayTarget {

    /// Connects; `first`, an IDR frame, describes the video and is sent afterwards. Whoever opens it closes it.
    Connection open(FrameSize size, AccessUnit first) throws IOException;

    /// An open connection.
    interface Connection extends AutoCloseable {
        void send(AccessUnit unit) throws IOException;

        @Override
        void close();
    }
}
