using System.Collections.Generic;

namespace Vireo.Generators.Protocol;

sealed class Capability
{
    public string Name = "", FullName = "", ErrorDomain = "";
    public List<Operation> Operations = new List<Operation>();
    public bool HasOtherMembers;
}

sealed class Operation
{
    public int Number;
    public string Method = "", Symbol = "", Shape = "Plain", ErrorDomain = "";
    public bool High, Inline, Write, Custom, BeforeLogin;
    public int WordAt;
    public List<Argument> Arguments = new List<Argument>();
    public string? ResultType;
    public Wire? Result;
    public List<Rule> Rules = new List<Rule>();

    public bool HasCount => Shape is "List" or "TwoStep" or "Counted";
    public bool HasWord => Shape is "List" or "UpTo" or "TwoStep";
}

sealed class Argument
{
    public string Name = "", Type = "";
    public Wire Wire = null!;
    public bool IsFlags;
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
    public List<EventField> Fields = new List<EventField>();
}

sealed class EventField
{
    public string Name = "";
    public Wire Wire = null!;
    public bool NotInOlder;
}
