"""Functions that came after Excel 2007: files write them with a prefix, people without.

Without the prefix Excel shows ``#NAME?`` until somebody enters the formula again.
"""

from __future__ import annotations

from functools import lru_cache

from kam_xl.excel.tokens import outside_texts

# [MS-XLSX] 2.2.2 (future functions) and 2.2.3; those of the second list belong to worksheets only.
_FUTURE = """
    ACOT ACOTH AGGREGATE ARABIC BASE BETA.DIST BETA.INV BINOM.DIST BINOM.DIST.RANGE BINOM.INV BITAND BITLSHIFT BITOR
    BITRSHIFT BITXOR BYCOL BYROW CEILING.MATH CHISQ.DIST CHISQ.DIST.RT CHISQ.INV CHISQ.INV.RT CHISQ.TEST CHOOSECOLS
    CHOOSEROWS COMBINA CONCAT CONFIDENCE.NORM CONFIDENCE.T COT COTH COVARIANCE.P COVARIANCE.S CSC CSCH DAYS DECIMAL DROP
    ERF.PRECISE ERFC.PRECISE EXPAND EXPON.DIST F.DIST F.DIST.RT F.INV F.INV.RT F.TEST FILTERXML FLOOR.MATH FORECAST.ETS
    FORECAST.ETS.CONFINT FORECAST.ETS.SEASONALITY FORECAST.ETS.STAT FORECAST.LINEAR FORMULATEXT GAMMA GAMMA.DIST
    GAMMA.INV GAMMALN.PRECISE GAUSS HSTACK HYPGEOM.DIST IFNA IFS IMCOSH IMCOT IMCSC IMCSCH IMSEC IMSECH IMSINH IMTAN
    ISFORMULA ISOMITTED ISOWEEKNUM LAMBDA LET LOGNORM.DIST LOGNORM.INV MAKEARRAY MAP MAXIFS MINIFS MODE.MULT MODE.SNGL
    MUNIT NEGBINOM.DIST NORM.DIST NORM.INV NORM.S.DIST NORM.S.INV NUMBERVALUE PDURATION PERCENTILE.EXC PERCENTILE.INC
    PERCENTRANK.EXC PERCENTRANK.INC PERMUTATIONA PHI POISSON.DIST QUARTILE.EXC QUARTILE.INC RANDARRAY RANK.AVG RANK.EQ
    REDUCE RRI SCAN SEC SECH SEQUENCE SHEET SHEETS SKEW.P SORTBY STDEV.P STDEV.S SWITCH T.DIST T.DIST.2T T.DIST.RT T.INV
    T.INV.2T T.TEST TAKE TEXTAFTER TEXTBEFORE TEXTJOIN TEXTSPLIT TOCOL TOROW UNICHAR UNICODE UNIQUE VALUETOTEXT VAR.P
    VAR.S VSTACK WEBSERVICE WEIBULL.DIST WRAPCOLS WRAPROWS XLOOKUP XMATCH XOR Z.TEST
"""
_WORKSHEET_ONLY = ("FILTER", "SORT")
_PREFIXES = dict.fromkeys(_FUTURE.split(), "_xlfn.") | dict.fromkeys(_WORKSHEET_ONLY, "_xlfn._xlws.")
_CALL = outside_texts(r"(?<![\w.])([A-Za-z][\w.]*)(?=\()")
_PREFIX = outside_texts(r"(?<![\w.])_xl(?:fn|ws|pm|udf)\.(?:_xlws\.)?")


@lru_cache(maxsize=1024)
def stored(formula: str) -> str:
    """A formula as files write it.

    >>> stored('=XLOOKUP(A1,B:B,C:C)&"XLOOKUP("'), stored("=SUM(A1)")
    ('=_xlfn.XLOOKUP(A1,B:B,C:C)&"XLOOKUP("', '=SUM(A1)')
    """
    return _CALL.sub(lambda match: _PREFIXES.get((match[1] or "").upper(), "") + match[0], formula)


def shown(formula: str) -> str:
    """A formula as people write it.

    >>> shown("=_xlfn._xlws.SORT(_xlfn.UNIQUE(A1:A9))")
    '=SORT(UNIQUE(A1:A9))'
    """
    if "_xl" not in formula:
        return formula
    return _PREFIX.sub(lambda match: "" if match[0].startswith("_xl") else match[0], formula)
