package jp.musubi.inbox.job;

import java.time.Clock;
import java.util.List;
import jp.musubi.common.FileStore;
import jp.musubi.common.store.DataFolder;
import jp.musubi.inbox.FeedId;
import jp.musubi.inbox.ImportContext;
import jp.musubi.inbox.ImportKind;
import jp.musubi.inbox.ImportKinds;
import jp.musubi.inbox.store.FeedFile;
import jp.musubi.inbox.store.FeedFiles;
import jp.musubi.response.Response;
import jp.musubi.response.Responses;
import org.springframework.batch.core.configuration.annotation.StepScope;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.PropertySource;
import org.springframework.transaction.PlatformTransactionManager;

/** The one job definition for all kinds. */
@Configuration(proxyBeanMethods = false)
@PropertySource("classpath:musubi-jobs.properties")
class ImportJobConfiguration {

    static final String JOB = "import";

    /** The parameter that names the file: one instance per file. */
    static final String FEED = "feed";

    @Bean
    ImportKinds importKinds(ObjectProvider<ImportKind<?>> kinds) {
        List<ImportKind<?>> all = kinds.orderedStream().toList();
        return new ImportKinds(all);
    }

    @Bean
    Job importJob(JobRepository repository, Step importRows) {
        return new JobBuilder(JOB, repository).start(importRows).build();
    }

    @Bean
    Step importRows(JobRepository repository, PlatformTransactionManager transactions, ImportRun importRun) {
        return new StepBuilder("rows", repository)
                .<ReadyChunk<?>, ReadyChunk<?>>chunk(1)
                .transactionManager(transactions)
                .reader(importRun)
                .writer(importRun::write)
                .build();
    }

    @Bean
    @StepScope
    ImportRun importRun(
            @Value("#{jobParameters['" + FEED + "']}") Long feed,
            @Value("#{stepExecution}") StepExecution stepExecution,
            FeedFiles files,
            FileStore store,
            ImportKinds kinds,
            Responses responses,
            DataFolder data,
            Clock clock,
            @Value("${musubi.inbox.chunk:10000}") int rowsPerChunk,
            ObjectProvider<ImportJobs> jobs) {
        FeedFile file = files.get(new FeedId(feed));
        Response response = responses.getById(file.response());
        ImportContext context = new ImportContext(
                file.id(),
                response,
                file.source(),
                file.actor(),
                file.receivedAt(),
                response.clock().now(clock));
        return new ImportRun(
                files,
                store,
                kinds,
                responses,
                file,
                context,
                stepExecution,
                data.folder("work"),
                rowsPerChunk,
                () -> jobs.getObject().isClosing());
    }
}
