using System.Collections.Generic;
using System.Linq;

namespace Vireo.Generators.Protocol;

sealed class Capability
{
    public string Name = "", FullName = "", ErrorDomain = "";
    public WireProgram Program;
    public bool Later;
    public List<Operation> Operations = new List<Operation>();
}

sealed class Operation
{
    public int Number;
    public string Method = "", Symbol = "", Shape = "Plain", ErrorDomain = "";
    public WireProgram Program;
    public bool Later;
    public bool High, Inline, Write, BeforeLogin, UnsignedWord;
    public int Texts;
    public long Sparse;
    public int WordAt;
    public List<Argument> Arguments = new List<Argument>();
    public string? ResultType;
    public Wire? Result;
    public List<Rule> Rules = new List<Rule>();

    public bool HasCount => Shape is "List" or "TwoStep" or "Counted" or "Told";
    public bool HasWord => Shape is "List" or "UpTo" or "TwoStep" or "Told";

    /// <summary>The arguments that are in the payload.</summary>
    public IEnumerable<Argument> Fields => Arguments.Where(a => a.Role == Role.Field);

    /// <summary>The call opens a stream.</summary>
    public bool IsStream => Arguments.Any(a => a.Role == Role.Sink);

    /// <summary>The call may bring descriptors.</summary>
    public bool TakesFiles => Arguments.Any(a => a.Role is Role.File or Role.Files);

    /// <summary>Descriptors come with the answer.</summary>
    public bool GivesFiles;

    /// <summary>The result is in a structure of ours, beside what does not travel in the payload.</summary>
    public bool IsWrapped;

    /// <summary>What the payload of the answer is, as a C# type; null: nothing.</summary>
    public string? AnswerType;

    /// <summary>Text in typed parameters is sent only to callers whose flags say that they know it.</summary>
    public bool AsksForTexts => Result is { HasParameters: true } && Fields.Any(a => a.IsFlags) && (Shape is "TwoStep" or "UpTo" || Texts != 0);

    /// <summary>Drivers see the flag that says so.</summary>
    public bool KeepsTextFlag => Texts == 2;
}

sealed class Argument
{
    public string Name = "", Type = "";
    public Wire Wire = null!;
    public bool IsFlags;
    public Role Role;
}

/// <summary>The programs, by the numbers that the attribute has.</summary>
enum WireProgram
{
    Remote,
    Qemu,
    Lxc,
    Admin,
    Vireo,
    Log,
    Lock,
}

static class WirePrograms
{
    public static readonly WireProgram[] All = [WireProgram.Remote, WireProgram.Qemu, WireProgram.Lxc, WireProgram.Admin, WireProgram.Vireo, WireProgram.Log, WireProgram.Lock];

    /// <summary>The class that has a program's handlers and table.</summary>
    public static string Table(this WireProgram program) => program == WireProgram.Remote ? "Procedures" : program + "Procedures";

    /// <summary>The server's end of one client, as handlers see it.</summary>
    public static string Session(this WireProgram program) => program.On("Session");

    /// <summary>What stubs call through.</summary>
    public static string Client(this WireProgram program) => program.On("Client");

    /// <summary>The socket decides who may come, so that nobody has to log in.</summary>
    public static bool HasLogin(this WireProgram program) => program is not (WireProgram.Admin or WireProgram.Log or WireProgram.Lock);

    static string On(this WireProgram program, string end) => program switch
    {
        WireProgram.Admin => "Admin",
        WireProgram.Log or WireProgram.Lock => "Manager",
        _ => "Remote",
    } + end;
}

/// <summary>What an argument is.</summary>
enum Role
{
    Field,
    Sink,
    File,
    Files,
}

/// <summary>One [Acl].</summary>
sealed class Rule
{
    public string Right = "", RightType = "", RightName = "";
    public string? If, Unless, Of;
    public bool Filter;
    public string? IfNames, UnlessNames;
}

sealed class EventDefinition
{
    public string Name = "", FullName = "", Family = "", FamilyFullName = "";
    public int Id, Procedure, Older;
    public WireProgram Program;
    public bool Later;
    public List<EventField> Fields = new List<EventField>();
}

sealed class EventField
{
    public string Name = "";
    public Wire Wire = null!;
    public bool NotInOlder;
}
