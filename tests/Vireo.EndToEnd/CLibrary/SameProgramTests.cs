using Xunit;

namespace Vireo.EndToEnd.CLibrary;

/// <summary>C programs that say the same on Debian's library and on ours.</summary>
public class SameProgramTests
{
    [Fact]
    public Task Errors_of_the_thread_and_of_connections_copies_handlers_and_what_is_printed() => CLibraryFiles.SameOnBothAsync("errors.c");

    [Fact]
    public Task Typed_parameters() => CLibraryFiles.SameOnBothAsync("typed-params.c");

    [Fact]
    public Task The_default_event_loop() => CLibraryFiles.SameOnBothAsync("event-loop.c");
}
