package dev.aerie.deploy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.SortedSet;
import java.util.concurrent.ConcurrentSkipListSet;
import javax.inject.Named;
import javax.inject.Singleton;
import org.apache.maven.eventspy.AbstractEventSpy;
import org.eclipse.aether.RepositoryEvent;

/// Part of a running Maven: writes down which files a build takes from Maven's local repository, plugins with what they
/// need included, into a new file in the folder of the property `aerie.resolved`; the first line names the repository.
/// `dependencies.sh` compiles it for the Maven that is there and compares what it wrote.
@Named
@Singleton
public final class ResolvedFiles extends AbstractEventSpy {
    private final SortedSet<String> files = new ConcurrentSkipListSet<>();
    private volatile Path repository = Path.of("");

    @Override
    public void onEvent(Object event) {
        if (event instanceof RepositoryEvent) {
            note((RepositoryEvent) event);
        }
    }

    private void note(RepositoryEvent event) {
        if (event.getType() == RepositoryEvent.EventType.ARTIFACT_RESOLVED && event.getFile() != null) {
            Path folder = event.getSession().getLocalRepository().getBasedir().toPath();
            Path file = event.getFile().toPath();
            if (file.startsWith(folder)) {
                repository = folder;
                files.add(folder.relativize(file).toString().replace('\\', '/'));
            }
        }
    }

    @Override
    public void close() throws IOException {
        Path out = Files.createTempFile(Path.of(System.getProperty("aerie.resolved")), "build-", ".txt");
        Files.write(out, List.of("repository " + repository));
        Files.write(out, files, StandardOpenOption.APPEND);
    }
}
