package dev.aerie.ingest.rtmp;

import dev.aerie.video.VideoCodec;
import java.nio.ByteBuffer;

/// What a video message holds (Adobe FLV 10.1, E.4.3; Enhanced RTMP, 2023, "Enhancing Video").
sealed interface FlvTag {

    /// Parameter sets: the content of an `avcC` or `hvcC` box.
    record Configuration(VideoCodec codec, ByteBuffer content) implements FlvTag {}

    /// A frame: NAL units behind their lengths, shown `laterMillis` after the message's time.
    record Frame(VideoCodec codec, int laterMillis, ByteBuffer nalUnits) implements FlvTag {}

    /// The end of a sequence, a seek point, metadata: nothing to relay.
    record Other() implements FlvTag {}

    /// Reads a message's payload, whose position stays.
    static FlvTag parse(ByteBuffer payload) throws MalformedRtmpException {
        return FlvTagReader.read(payload.duplicate());
    }
}
