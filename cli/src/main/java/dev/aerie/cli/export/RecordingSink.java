package dev.aerie.cli.export;

import com.fasterxml.jackson.databind.JsonNode;
import dev.aerie.video.AccessUnit;
import dev.aerie.video.FrameStamp;
import java.io.IOException;

/// Takes frames and messages of a recording, by capture time, and makes a file of them. Used by one thread.
interface RecordingSink extends AutoCloseable {

    void add(AccessUnit unit, FrameStamp stamp) throws IOException;

    /// A message of the bus; those that the file has no place for are passed by and not counted.
    void add(JsonNode message) throws IOException;

    /// Everything was added: writes the rest.
    void finish() throws IOException;

    long frames();

    long messages();

    @Override
    void close() throws IOException;
}
