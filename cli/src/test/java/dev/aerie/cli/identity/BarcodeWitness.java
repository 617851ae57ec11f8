package dev.aerie.cli.identity;

import dev.aerie.messages.Box;
import dev.aerie.messages.Envelope;
import dev.aerie.messages.FrameResult;
import dev.aerie.messages.Producer;
import dev.aerie.messages.Timing;
import dev.aerie.messages.TrackState;
import dev.aerie.messages.TrackedObject;
import dev.aerie.messages.amqp.BrokerAddress;
import dev.aerie.messages.amqp.BrokerConnection;
import dev.aerie.messages.amqp.LivePublisher;
import dev.aerie.rtsp.BackpressurePolicy;
import dev.aerie.rtsp.ReconnectPolicy;
import dev.aerie.rtsp.RtspConfig;
import dev.aerie.rtsp.RtspConsumer;
import dev.aerie.rtsp.ffmpeg.FfmpegFrames;
import dev.aerie.simulator.barcode.BarcodeReader;
import dev.aerie.video.VideoFrame;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;

/// A consumer as a service is one, in a process of its own: pulls the stream, reads the number burnt into each
/// frame, and publishes it as the label of the one object of that frame's result, under the identity of the
/// video.
///
/// Arguments: RTSP URL, broker URL, instance, milliseconds of work per frame, and which frames it looks at, as
/// [BackpressurePolicy#parse] reads it.
final class BarcodeWitness extends RtspConsumer<VideoFrame> {

    /// The label of a frame whose number cannot be read.
    static final String UNREADABLE = "unreadable";

    private static final ReconnectPolicy SOON =
            new ReconnectPolicy(Duration.ofMillis(100), Duration.ofMillis(200), Duration.ofSeconds(10));

    private final Producer producer;
    private final long workNanos;
    private final LivePublisher publisher;

    private BarcodeWitness(RtspConfig config, Producer producer, Duration work, LivePublisher publisher) {
        super(config, FfmpegFrames.of(config, InstantSource.system(), new SplittableRandom()), new SplittableRandom());
        this.producer = producer;
        this.workNanos = work.toNanos();
        this.publisher = publisher;
    }

    public static void main(String[] arguments) throws InterruptedException {
        var broker = new BrokerConnection(BrokerAddress.parse(arguments[1]), arguments[2]);
        broker.start();
        var publisher = new LivePublisher(broker, 1000);
        publisher.start();
        var work = Duration.ofMillis(Long.parseLong(arguments[3]));
        var config = RtspConfig.of("drone", arguments[0])
                .withProvider(BackpressurePolicy.parse(arguments.length > 4 ? arguments[4] : "latest"))
                .withReconnect(SOON);
        new BarcodeWitness(config, Producer.of("witness", arguments[2]), work, publisher).start();
        Thread.currentThread().join();
    }

    @Override
    protected void accept(VideoFrame frame) {
        OptionalInt number = BarcodeReader.read(frame);
        LockSupport.parkNanos(workNanos);
        var stamp = frame.stamp();
        var envelope = Envelope.ofFrame(
                stamp.id(),
                stamp.captureTimeNanos(),
                stamp.clock(),
                InstantSource.system().instant(),
                producer);
        var size = frame.size();
        String label = number.isPresent() ? Integer.toString(number.getAsInt()) : UNREADABLE;
        var image = new Box(0, 0, size.widthPixels(), size.heightPixels());
        var object = TrackedObject.ofBox(1, label, 1, image, TrackState.CONFIRMED, 0);
        publisher.publish(new FrameResult(
                envelope, size.widthPixels(), size.heightPixels(), "barcode", new Timing(0, 0, 0, 0), List.of(object)));
    }
}
