using Vireo.Core.Errors;
using Vireo.Core.TypedParameters;
using Vireo.Native.Interop;

namespace Vireo.Native.Exports;

/// <summary>Building and reading arrays of typed parameters.</summary>
static unsafe class TypedParameterBodies
{
    [CBody("virTypedParamsClear", KeepsError = true)]
    internal static void Clear(CTypedParameter* parameters, int count) => Parameters.Clear(parameters, count);

    [CBody("virTypedParamsFree", KeepsError = true)]
    internal static void Free(CTypedParameter* parameters, int count) => Parameters.Free(parameters, count);

    [CBody("virTypedParamsGet", KeepsError = true)]
    internal static CTypedParameter* Get(CTypedParameter* parameters, int count, byte* name)
    {
        if (parameters is null || CMemory.Read(name) is not { } wanted)
            return null;
        for (int i = 0; i < count; i++)
        {
            if (Parameters.Name(&parameters[i]) == wanted)
                return &parameters[i];
        }
        return null;
    }

    /// <summary>The parameter of this name; null: there is none.</summary>
    /// <exception cref="VireoException">It is of another type.</exception>
    static CTypedParameter* Get(CTypedParameter* parameters, int count, byte* name, ParameterType type)
    {
        CTypedParameter* found = Get(parameters, count, name);
        if (found is not null && found->Type != (int)type)
        {
            throw VireoException.InvalidArgument(ErrorDomain.None,
                $"Invalid type '{ParameterTexts.Word(type)}' requested for parameter '{CMemory.Read(name)}', actual type is '{ParameterTexts.Word((ParameterType)found->Type)}'");
        }
        return found;
    }

    [CBody("virTypedParamsGetInt")]
    internal static int GetInt(CTypedParameter* parameters, int count, byte* name, int* value)
    {
        CTypedParameter* found = Get(parameters, count, name, ParameterType.Int);
        if (found is not null && value is not null)
            *value = found->Int;
        return found is null ? 0 : 1;
    }

    [CBody("virTypedParamsGetUInt")]
    internal static int GetUInt(CTypedParameter* parameters, int count, byte* name, uint* value)
    {
        CTypedParameter* found = Get(parameters, count, name, ParameterType.UInt);
        if (found is not null && value is not null)
            *value = found->UInt;
        return found is null ? 0 : 1;
    }

    [CBody("virTypedParamsGetLLong")]
    internal static int GetLong(CTypedParameter* parameters, int count, byte* name, long* value)
    {
        CTypedParameter* found = Get(parameters, count, name, ParameterType.Long);
        if (found is not null && value is not null)
            *value = found->Long;
        return found is null ? 0 : 1;
    }

    [CBody("virTypedParamsGetULLong")]
    internal static int GetULong(CTypedParameter* parameters, int count, byte* name, ulong* value)
    {
        CTypedParameter* found = Get(parameters, count, name, ParameterType.ULong);
        if (found is not null && value is not null)
            *value = found->ULong;
        return found is null ? 0 : 1;
    }

    [CBody("virTypedParamsGetDouble")]
    internal static int GetDouble(CTypedParameter* parameters, int count, byte* name, double* value)
    {
        CTypedParameter* found = Get(parameters, count, name, ParameterType.Double);
        if (found is not null && value is not null)
            *value = found->Double;
        return found is null ? 0 : 1;
    }

    [CBody("virTypedParamsGetBoolean")]
    internal static int GetBoolean(CTypedParameter* parameters, int count, byte* name, int* value)
    {
        CTypedParameter* found = Get(parameters, count, name, ParameterType.Boolean);
        if (found is not null && value is not null)
            *value = found->Boolean != 0 ? 1 : 0;
        return found is null ? 0 : 1;
    }

    [CBody("virTypedParamsGetString")]
    internal static int GetString(CTypedParameter* parameters, int count, byte* name, byte** value)
    {
        CTypedParameter* found = Get(parameters, count, name, ParameterType.String);
        if (found is not null && value is not null)
            *value = found->Text;
        return found is null ? 0 : 1;
    }

    [CBody("virTypedParamsAddInt")]
    internal static int AddInt(CTypedParameter** parameters, int* count, int* room, byte* name, int value)
    {
        Next(parameters, count, room, name, ParameterType.Int)->Int = value;
        return Done(count);
    }

    [CBody("virTypedParamsAddUInt")]
    internal static int AddUInt(CTypedParameter** parameters, int* count, int* room, byte* name, uint value)
    {
        Next(parameters, count, room, name, ParameterType.UInt)->UInt = value;
        return Done(count);
    }

    [CBody("virTypedParamsAddLLong")]
    internal static int AddLong(CTypedParameter** parameters, int* count, int* room, byte* name, long value)
    {
        Next(parameters, count, room, name, ParameterType.Long)->Long = value;
        return Done(count);
    }

    [CBody("virTypedParamsAddULLong")]
    internal static int AddULong(CTypedParameter** parameters, int* count, int* room, byte* name, ulong value)
    {
        Next(parameters, count, room, name, ParameterType.ULong)->ULong = value;
        return Done(count);
    }

    [CBody("virTypedParamsAddDouble")]
    internal static int AddDouble(CTypedParameter** parameters, int* count, int* room, byte* name, double value)
    {
        Next(parameters, count, room, name, ParameterType.Double)->Double = value;
        return Done(count);
    }

    [CBody("virTypedParamsAddBoolean")]
    internal static int AddBoolean(CTypedParameter** parameters, int* count, int* room, byte* name, int value)
    {
        Next(parameters, count, room, name, ParameterType.Boolean)->Boolean = value != 0 ? (sbyte)1 : (sbyte)0;
        return Done(count);
    }

    [CBody("virTypedParamsAddString")]
    internal static int AddString(CTypedParameter** parameters, int* count, int* room, byte* name, byte* value)
    {
        CTypedParameter* next = Next(parameters, count, room, name, ParameterType.String);
        next->Text = value is null ? CMemory.Text("") : CMemory.Copy(value);
        return Done(count);
    }

    [CBody("virTypedParamsAddStringList")]
    internal static int AddStrings(CTypedParameter** parameters, int* count, int* room, byte* name, byte** values)
    {
        if (values is null)
            return 0;
        int result = -1;   // of no texts, without an error
        for (; *values is not null; values++)
            result = AddString(parameters, count, room, name, *values);
        return result;
    }

    [CBody("virTypedParamsAddFromString")]
    internal static int AddFromText(CTypedParameter** parameters, int* count, int* room, byte* name, int type, byte* value)
    {
        CTypedParameter* next = Next(parameters, count, room, name, (ParameterType)type);
        string field = CMemory.Read(name) ?? "";
        ParameterTexts.Read(next, field, CMemory.Read(value) ?? throw VireoException.InvalidArgument(ErrorDomain.None, $"NULL value for field '{field}'"));
        return Done(count);
    }

    static int Done(int* count)
    {
        ++*count;
        return 0;
    }

    /// <summary>The place of the next parameter, named and typed, which counts when <see cref="Done"/> says so.</summary>
    static CTypedParameter* Next(CTypedParameter** parameters, int* count, int* room, byte* name, ParameterType type)
    {
        if (*count >= *room)
        {
            int larger = *room + Math.Max(*room / 2, *count + 1 - *room);
            var moved = (CTypedParameter*)Libc.realloc(*parameters, (nuint)larger * (nuint)sizeof(CTypedParameter));
            if (moved is null)
                throw new InsufficientMemoryException();
            *parameters = moved;
            *room = larger;
        }
        CTypedParameter* next = &(*parameters)[*count];
        *next = default;
        nuint length = name is null ? 0 : Libc.strlen(name);
        if (length >= CTypedParameter.NameSize)
            throw VireoException.Internal(ErrorDomain.None, $"Field name '{CMemory.Read(name)}' too long");
        new ReadOnlySpan<byte>(name, (int)length).CopyTo(new Span<byte>(next->Name, CTypedParameter.NameSize));
        next->Type = (int)type;
        return next;
    }
}
