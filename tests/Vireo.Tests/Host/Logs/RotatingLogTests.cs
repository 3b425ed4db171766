using System.Text;
using Vireo.Core.Errors;
using Vireo.Host.Logs;
using Xunit;

namespace Vireo.Tests.Host.Logs;

public sealed class RotatingLogTests : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("logs").FullName;

    string File(string name = "g.log") => Path.Join(folder, name);

    public void Dispose() => Directory.Delete(folder, recursive: true);

    Dictionary<string, string> All() => Directory.EnumerateFiles(folder).ToDictionary(path => Path.GetFileName(path), System.IO.File.ReadAllText);

    static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    [Fact]
    public void A_file_that_is_full_becomes_the_first_of_the_older_ones_and_the_oldest_goes()
    {
        using var log = RotatingLog.Open(File(), 4, 2, truncate: false);
        log.Append(Bytes("aaaabbbbccccdd"));
        Assert.Equal(new() { ["g.log"] = "dd", ["g.log.0"] = "cccc", ["g.log.1"] = "bbbb" }, All());
    }

    [Fact]
    public void Lines_stay_whole_where_one_ends_not_far_before_the_limit()
    {
        using (var log = RotatingLog.Open(File(), 10, 2, truncate: false))
            log.Append(Bytes("one\ntwo\nthree\n"));
        Assert.Equal(new() { ["g.log"] = "three\n", ["g.log.0"] = "one\ntwo\n" }, All());
    }

    [Fact]
    public void A_line_that_ends_too_far_before_the_limit_does_not_count()
    {
        string far = "x\n" + new string('y', 98);
        using (var log = RotatingLog.Open(File(), 100, 1, truncate: false))
            log.Append(Bytes(far + "zz"));
        Assert.Equal(new() { ["g.log"] = "zz", ["g.log.0"] = far }, All());
    }

    [Fact]
    public void Exactly_full_is_not_yet_too_long()
    {
        using var log = RotatingLog.Open(File(), 4, 1, truncate: false);
        log.Append(Bytes("aaaa"));
        Assert.Equal(new() { ["g.log"] = "aaaa" }, All());
        log.Append(Bytes("b"));
        Assert.Equal(new() { ["g.log"] = "b", ["g.log.0"] = "aaaa" }, All());
    }

    [Fact]
    public void Without_older_files_it_begins_anew()
    {
        using var log = RotatingLog.Open(File(), 4, 0, truncate: false);
        log.Append(Bytes("aaaabb"));
        Assert.Equal(new() { ["g.log"] = "bb" }, All());
    }

    [Fact]
    public void What_was_there_goes_with_the_older_files_if_that_is_wanted()
    {
        using (var first = RotatingLog.Open(File(), 4, 2, truncate: false))
            first.Append(Bytes("aaaabbbbcc"));
        using var log = RotatingLog.Open(File(), 4, 2, truncate: true);
        Assert.Equal(new() { ["g.log"] = "" }, All());
        Assert.Equal(0ul, log.End.Offset);
    }

    [Fact]
    public void A_place_is_found_again_after_its_file_was_renamed_and_is_read_on_from()
    {
        using var log = RotatingLog.Open(File(), 6, 3, truncate: false);
        log.Append(Bytes("a1"));
        LogPlace place = log.End;
        log.Append(Bytes("2345bbbbbbcc"));
        Assert.Equal("2345bbbbbbcc", Encoding.UTF8.GetString(LogFiles.Read(File(), 3, place, 1000)));
        Assert.Equal("2345bb", Encoding.UTF8.GetString(LogFiles.Read(File(), 3, place, 6)));
        Assert.Empty(LogFiles.Read(File(), 3, place, 0));
    }

    [Fact]
    public void A_place_in_a_file_that_is_gone_is_an_error()
    {
        using var log = RotatingLog.Open(File(), 6, 1, truncate: false);
        Assert.Equal("Unable to seek to inode 1 offset 7: Bad file descriptor", Assert.Throws<VireoException>(() => LogFiles.Read(File(), 1, new(1, 7), 10)).Error.Message);
        Assert.Throws<VireoException>(() => LogFiles.Read(File("other.log"), 1, log.End, 10));
    }

    [Fact]
    public void A_log_goes_on_where_it_ended()
    {
        System.IO.File.WriteAllText(File(), "aaa");
        using var log = RotatingLog.Open(File(), 4, 1, truncate: false);
        Assert.Equal(3ul, log.End.Offset);
        log.Append(Bytes("bb"));
        Assert.Equal(new() { ["g.log"] = "b", ["g.log.0"] = "aaab" }, All());
    }
}
