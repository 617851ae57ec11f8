package dev.aerie.frames.identify;

import dev.aerie.messages.Identification.Finding;
import java.io.IOException;
import java.util.List;

/// Identifies an object by images of it. Safe for several threads.
public interface VisionApi extends AutoCloseable {

    /// What the object is, best first.
    ///
    /// - `frames`: JPEG files, best first, at least one
    /// - throws [IOException] on a timeout, a refusal or an unreadable response
    List<Finding> identify(Subject subject, List<byte[]> frames) throws IOException, InterruptedException;

    /// As messages name it.
    String name();

    @Override
    void close();

    /// The object to identify.
    ///
    /// - `label`: its label so far
    record Subject(String stream, String session, long object, String label) {}
}
