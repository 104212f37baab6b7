/**
 * The import job: one restartable definition for every kind of file, one execution per file.
 *
 * <p>{@link jp.musubi.inbox.job.ImportJobs} queues files, stops, resumes and recovers. A file is opened as a table
 * ({@link jp.musubi.inbox.job.TableOpener}: CSV or XLSX, whatever encoding), its header is found, and its rows flow in
 * chunks through the kind's interpreter into the kind's store; position, counts and rejected rows are committed with
 * them, so that a job that is cut off goes on where it was.
 */
@NullMarked
package jp.musubi.inbox.job;

import org.jspecify.annotations.NullMarked;
