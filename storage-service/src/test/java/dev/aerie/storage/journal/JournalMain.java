package dev.aerie.storage.journal;

import dev.aerie.messages.amqp.BrokerAddress;
import dev.aerie.messages.amqp.BrokerConnection;
import dev.aerie.messages.amqp.DurableBatchSubscriber;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;

/// A journal in a process of its own, so that a test can kill it. Arguments: the broker's URL, the archive's folder,
/// the number of segments, all of which are closed.
final class JournalMain {

    static final String EXCHANGE = "test.said";
    static final String QUEUE = "test.storage.said";

    private JournalMain() {}

    public static void main(String[] arguments) throws InterruptedException {
        var books = books(Path.of(arguments[1]), Integer.parseInt(arguments[2]));
        try (var connection = new BrokerConnection(BrokerAddress.parse(arguments[0]), "journal");
                var journal = journal(Path.of(arguments[1]), books);
                var subscriber = new DurableBatchSubscriber(
                        connection, QUEUE, List.of(EXCHANGE), DurableBatchSubscriber.Batches.USUAL, journal)) {
            connection.start();
            journal.start();
            subscriber.start();
            Thread.currentThread().join(); // until it is killed
        }
    }

    static ShelvesOnPaper books(Path archive, int segments) {
        var books = new ShelvesOnPaper(archive);
        for (int number = 0; number < segments; number++) {
            books.segment(number, true);
        }
        return books;
    }

    static Journal journal(Path archive, SegmentBooks books) {
        return new Journal(archive.resolve(".journal"), books, InstantSource.system(), () -> "");
    }
}
