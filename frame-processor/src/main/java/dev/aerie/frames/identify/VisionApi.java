package dev.aerie.frames.identify;

import dev.aerie.messages.Identification.Finding;
import java.io.IOException;
import java.util.List;

/// Says what is in frames of one object. Safe for several threads.
public interface VisionApi extends AutoCloseable {

    /// What the object is, best first.
    ///
    /// - `frames`: JPEG files, best first, at least one
    /// - throws [IOException] where it does not answer in time, refuses, or answers what cannot be read
    List<Finding> identify(Subject subject, List<byte[]> frames) throws IOException, InterruptedException;

    /// As messages name it.
    String name();

    @Override
    void close();

    /// The object that is asked about.
    ///
    /// - `label`: what it is called so far
    record Subject(String stream, String session, long object, String label) {}
}
