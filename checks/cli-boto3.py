"""Calls operations of EventBridge by boto3: one call a line on standard input, one answer a line on standard output.

A call is {"call": "PutRule", "input": {...}, "pageSize": 2?}; an answer is {"answer": {...}} or {"refusal": [name, sentence]}.
"""

import datetime
import json
import sys

import boto3
from botocore.exceptions import ClientError
from botocore import xform_name

client = boto3.client("events", endpoint_url=sys.argv[1])


def plain(value):
    return value.isoformat() if isinstance(value, datetime.datetime) else str(value)


for line in sys.stdin:
    call = json.loads(line)
    name = xform_name(call["call"])
    try:
        if "pageSize" in call:
            pages = client.get_paginator(name).paginate(
                **call["input"], PaginationConfig={"PageSize": call["pageSize"]}
            )
            answer = pages.build_full_result()
        else:
            answer = getattr(client, name)(**call["input"])
        answer.pop("ResponseMetadata", None)
        print(json.dumps({"answer": answer}, default=plain), flush=True)
    except ClientError as error:
        told = error.response["Error"]
        print(json.dumps({"refusal": [told["Code"], told["Message"]]}), flush=True)
