package dev.aerie.messages.testing;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Which programs tests talk to that are not ours. `./aerie test` collects these lines from the tests' output.
public final class TestPrograms {

    private static final Set<String> SAID = ConcurrentHashMap.newKeySet();

    private TestPrograms() {}

    /// Prints, once in a JVM, what stands behind a name: `RabbitMQ` and `Debian's rabbitmq-server 3.10.8`.
    public static void uses(String name, String what) {
        if (SAID.add(name + what)) {
            System.out.println("tests use " + name + ": " + what);
        }
    }
}
