package dev.aerie.frames.pipeline;

import dev.aerie.frames.tracker.SavedTracks;
import java.util.Optional;

/// Where the state of streams is kept for the replica that takes them over. Safe for several threads.
public interface StateStore {

    /// Keeps nothing: a replica that takes a stream over begins anew.
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

    /// Whether anything is kept at all.
    boolean isEnabled();

    /// What was kept last of a stream.
    Optional<SavedTracks> load(String stream);

    /// Replaces what was kept of a stream. A failure is logged: the work goes on without.
    void save(String stream, SavedTracks tracks);
}
