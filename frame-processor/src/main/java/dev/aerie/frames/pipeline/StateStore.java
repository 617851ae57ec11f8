package dev.aerie.frames.pipeline;

import dev.aerie.vision.tracker.SavedTracks;
import java.util.Optional;

/// Stores the state of streams for the replica that takes them over. Safe for several threads.
public interface StateStore {

    /// Stores nothing: a replica that takes a stream over starts with new tracks.
    StateStore NONE = new StateStore() {
        @Override
        public boolean isEnabled() {
            return false;
        }

        @Override
        public Optional<SavedTracks> load(String stream) {
            return Optional.empty();
        }

        @Override
        public void save(String stream, SavedTracks tracks) {}
    };

    /// Whether anything is stored.
    boolean isEnabled();

    /// The last saved state of a stream.
    Optional<SavedTracks> load(String stream);

    /// Replaces the state of a stream. A failure is logged and otherwise ignored.
    void save(String stream, SavedTracks tracks);
}
